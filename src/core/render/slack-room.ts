/** How many of each part a root message may hold. */
export interface Room {
  /** Single findings of the first incident. */
  readonly examples: number;
  /** `17× CrashLoopBackOff in payments`. */
  readonly rows: number;
  readonly evidence: number;
  /** 4th to 10th incident, one line each. */
  readonly singles: number;
  /** 2nd and 3rd incident, two lines each. */
  readonly pairs: number;
  readonly commands: number;
}

export const wholeRoom: Room = {
  examples: 5,
  rows: 8,
  evidence: 5,
  singles: 7,
  pairs: 2,
  commands: 3,
};

/** The order in which a message that is too big loses its parts; the text alone is what is left after the last. */
export const ladder: readonly Partial<Room>[] = [
  {},
  { examples: 0 },
  { rows: 0 },
  { evidence: 0 },
  { singles: 0 },
  { pairs: 0 },
  { commands: 1 },
];
