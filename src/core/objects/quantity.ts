const decimal: { readonly [suffix: string]: number } = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
};
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const pattern = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/;

/** The number that a Kubernetes quantity stands for: `1500m` 1.5, `2Gi` 2147483648, `1e3` 1000; undefined for what is none. */
export function quantityOf(value: string | number | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  // No quantity that means anything is longer.
  if (value === undefined || value.length > 64) return undefined;
  const match = pattern.exec(value);
  if (match === null) return undefined;
  const [, digits = '', exponent = '', suffix = ''] = match;
  const number = Number(digits + exponent) * scaleOf(suffix);
  return Number.isFinite(number) ? number : undefined;
}

function scaleOf(suffix: string): number {
  if (suffix === '') return 1;
  const power = binary.indexOf(suffix);
  return power < 0 ? (decimal[suffix] ?? 1) : 1024 ** (power + 1);
}

/** `14.5 CPU`, `12.3 GiB`; other resources as a plain number. */
export function sayQuantity(resource: string, amount: number): string {
  const rounded = (number: number): number => Math.round(number * 10) / 10;
  if (resource === 'cpu') return `${rounded(amount)} CPU`;
  if (resource === 'memory') return `${rounded(amount / 1024 ** 3)} GiB`;
  return String(rounded(amount));
}
