/** Cycles that should have run and did not. */
export interface Blind {
  /** RFC 3339: the last cycle, and this one. */
  readonly from: string;
  readonly to: string;
  /** About how many cycles. */
  readonly missed: number;
  /** Whether Slack hears of it: always, in an alert only, or never, where such gaps are the rule here. */
  readonly slack: 'always' | 'beside' | 'never';
}
