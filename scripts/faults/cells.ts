import { type Call, calls } from './calls.ts';
import { type FaultKind, faultKinds, tookEffect } from './kinds.ts';

export interface Cell {
  readonly call: Call;
  readonly kind: FaultKind;
}

/** Every call with every fault; but what only reads has no effect to fail after, and where no body is read none is wrong. */
export const cells: readonly Cell[] = calls.flatMap((call) =>
  faultKinds
    .filter(({ afterEffect }) => call.writes === true || afterEffect !== true)
    .filter(({ body }) => body === undefined || call.unread?.includes(body) !== true)
    .map((kind) => ({ call, kind })),
);

/** The exit code of a cycle in which a call goes wrong, as action.yml's `fail-on` and docs/decisions.md say. */
export function exitOf({ call, kind }: Cell): 0 | 1 {
  const said = call.but?.[kind.name];
  if (said !== undefined) return said;
  if (call.means === 'saved') return tookEffect(kind) ? 0 : 1;
  return call.means === 'red' ? 1 : 0;
}
