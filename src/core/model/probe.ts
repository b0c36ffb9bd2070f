/** ok; limited: a cycle does without it, and knows less; missing: a cycle needs it; unknown: it cannot be told without doing it; unused: nothing asks for it. */
export type ProbeState = 'ok' | 'limited' | 'missing' | 'unknown' | 'unused';

/** One access of a cycle, tried. Texts are raw, without secrets. */
export interface Probe {
  readonly what: string;
  readonly state: ProbeState;
  /** What came back. */
  readonly said: string;
  /** What a person can do; empty where there is nothing to do. */
  readonly mend: string;
}

export function probe(what: string, state: ProbeState, said: string, mend = ''): Probe {
  return { what, state, said, mend };
}

export function isLacking(probes: readonly Probe[]): boolean {
  return probes.some(({ state }) => state === 'missing');
}
