import { perObject } from './remembered.ts';

/** A shape says what is kept of a Kubernetes object: the type and the trimming follow from the same table. */
export type Shape =
  | 'text'
  | 'number'
  | 'flag'
  | 'textOrNumber'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly fields: { readonly [name: string]: Shape } };

/** The type that a shape keeps: every field optional, rightly typed where it is there. */
export type Kept<S> = S extends 'text'
  ? string
  : S extends 'number'
    ? number
    : S extends 'flag'
      ? boolean
      : S extends 'textOrNumber'
        ? string | number
        : S extends { readonly list: infer I }
          ? readonly Kept<I>[]
          : S extends { readonly map: infer I }
            ? { readonly [key: string]: Kept<I> | undefined }
            : S extends { readonly fields: infer F }
              ? { readonly [K in keyof F]?: Kept<F[K]> | undefined }
              : never;

export const list = <const S extends Shape>(item: S) => ({ list: item }) as const;
export const map = <const S extends Shape>(value: S) => ({ map: value }) as const;
export const fields = <const F extends { readonly [name: string]: Shape }>(table: F) =>
  ({ fields: table }) as const;

/** What `shape` keeps of `raw`; undefined where `raw` has another type. Every text passes through `clean` (redaction), once, here. Paths of fields that are there and of another type are added to `wrong`: they are not known, while what is absent (or null) is what the API makes of it. */
export function keep<S extends Shape>(
  shape: S,
  raw: unknown,
  clean: (text: string) => string,
  wrong: string[] = [],
): Kept<S> | undefined {
  return keepAny(shape, raw, clean, wrong) as Kept<S> | undefined;
}

function keepAny(
  shape: Shape,
  raw: unknown,
  clean: (text: string) => string,
  wrong: string[],
): unknown {
  switch (shape) {
    case 'text':
      return typeof raw === 'string' ? clean(raw) : undefined;
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) ? raw : undefined;
    case 'flag':
      return typeof raw === 'boolean' ? raw : undefined;
    case 'textOrNumber':
      return typeof raw === 'number'
        ? keepAny('number', raw, clean, wrong)
        : keepAny('text', raw, clean, wrong);
    default:
      return typeof raw === 'object' && raw !== null
        ? keepNested(shape, raw, clean, wrong)
        : undefined;
  }
}

function keepNested(
  shape: Exclude<Shape, string>,
  raw: object,
  clean: (text: string) => string,
  wrong: string[],
): unknown {
  if ('list' in shape) {
    if (!Array.isArray(raw)) return undefined;
    const items = raw.map((item) => keepAny(shape.list, item, clean, wrong));
    const known = items.filter((item) => item !== undefined);
    if (known.length < items.length) wrong.push('[]');
    return known;
  }
  if (Array.isArray(raw)) return undefined;
  const source = raw as { readonly [name: string]: unknown };
  const kept: { [name: string]: unknown } = {};
  if ('map' in shape) {
    for (const [name, value] of Object.entries(source))
      define(kept, clean(name), keepAny(shape.map, value, clean, wrong));
  } else {
    for (const [name, inner] of entriesOf(shape.fields)) {
      if (!Object.hasOwn(source, name)) continue;
      const known = wrong.length;
      const value = keepAny(inner, source[name], clean, wrong);
      if (value === undefined && source[name] != null) wrong.push(name);
      else
        for (let at = known; at < wrong.length; at++)
          wrong[at] = `${name}.${wrong[at]}`.replace('.[]', '[]');
      if (!isEmpty(inner, value)) define(kept, name, value);
    }
  }
  return kept;
}

const entriesOf = perObject((table: { readonly [name: string]: Shape }) => Object.entries(table));

/** `lastState: {}`, `annotations: {}` of which nothing is kept. (In a list an empty item counts.) */
function isEmpty(shape: Shape, value: unknown): boolean {
  if (typeof shape === 'string' || !('fields' in shape) || value === undefined) return false;
  return Object.keys(value as object).length === 0;
}

/** Own property even for `__proto__`: label keys come from whoever can deploy. */
function define(target: object, name: string, value: unknown): void {
  if (value === undefined) return;
  if (name !== '__proto__') (target as { [name: string]: unknown })[name] = value;
  else
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}
