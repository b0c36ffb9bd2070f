/** The system's code of an error (`ENOENT`, `ECONNREFUSED`): says what happened and holds no secret. */
export function codeOf(error: unknown): string {
  const has = typeof error === 'object' && error !== null && 'code' in error;
  return has ? String(error.code) : 'no code';
}
