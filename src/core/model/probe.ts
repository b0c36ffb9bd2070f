/** ok; limited: a cycle does without it, and knows less; missing: a cycle needs it; unknown: it cannot be told without doing it; unused: nothing asks for it. */
export type ProbeState = 'ok' | 'limited' | 'missing' | 'unknown' | 'unused';

/** One access of a cycle, tried. Texts are raw, without secrets. */
export interface Probe {
  readonly what: string;
  readonly state: ProbeState;
  /** What came back. */
  readonly said: string;
  /** What a person can do; empty where all is well. */
  readonly mend: string;
}

/** It works. */
export function works(what: string, said: string): Probe {
  return { what, state: 'ok', said, mend: '' };
}

/** It does not, or nobody knows: never without what a person can do about it. */
export function lacks<Mend extends string>(
  what: string,
  state: Exclude<ProbeState, 'ok'>,
  said: string,
  mend: Mend extends '' ? never : Mend,
): Probe {
  return { what, state, said, mend };
}

export function isLacking(probes: readonly Probe[]): boolean {
  return probes.some(({ state }) => state === 'missing');
}
