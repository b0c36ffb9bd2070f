/** Whether a raw object meets `type=Warning,status.phase!=Succeeded` (all of it), as an API server judges: an absent field is the empty text. */
export function selects(selector: string, raw: object): boolean {
  return selector
    .split(',')
    .filter((requirement) => requirement !== '')
    .every((requirement) => {
      const [, path = '', sign, value] = /^([^=!]+)(!=|==?)(.*)$/.exec(requirement) ?? [];
      return (fieldAt(raw, path) === value) === (sign !== '!=');
    });
}

function fieldAt(raw: object, path: string): string {
  let at: unknown = raw;
  for (const name of path.split('.'))
    at =
      typeof at === 'object' && at !== null
        ? (at as { readonly [name: string]: unknown })[name]
        : undefined;
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean' ? `${at}` : '';
}
