const unitSeconds: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400 };

export const durationPattern = /^\d{1,6}[smhd]$/;

/** Seconds in `90s`, `5m`, `2h` or `1d`; null where `text` is none of these. */
export function parseDuration(text: string): number | null {
  if (!durationPattern.test(text)) return null;
  return Number(text.slice(0, -1)) * (unitSeconds[text.slice(-1)] ?? 0);
}
