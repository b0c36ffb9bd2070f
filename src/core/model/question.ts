/** One question to a model: constant instructions, and evidence as data. */
export interface Question {
  readonly system: string;
  readonly ask: string;
  /** JSON text, redacted; it goes out as a tool result, never as prose. */
  readonly evidence: string;
  /** JSON Schema of the answer; constant, no name of the cluster in it. */
  readonly schema: { readonly [key: string]: unknown };
}

/** A model's answer once its shape is checked; what it says is not (core/escalation/guard.ts does that). Ids are the evidence's own: `I1`, `S1`, `O1`, `E1`. */
export interface Answer {
  readonly incidents: readonly AnsweredIncident[];
}
export interface AnsweredIncident {
  readonly incident: string;
  readonly severity: string;
  readonly severity_evidence: readonly string[];
  readonly confidence: number;
  readonly should_notify: boolean;
  readonly affected_services: readonly string[];
  readonly cause_status: string;
  readonly root_cause: { readonly text: string; readonly evidence: readonly string[] };
  readonly immediate_actions: readonly {
    readonly text: string;
    readonly evidence: readonly string[];
    readonly verb: string;
    readonly object: string;
  }[];
  readonly business_impact: string;
}
