import { monitorState } from '../../../src/adapters/store/document-kind.ts';
import { sealEnvelope } from '../../../src/adapters/store/envelope.ts';
import { severities } from '../../../src/core/model/decision.ts';
import type { Target } from '../../../src/core/model/notification.ts';
import type { MonitorState } from '../../../src/core/model/state.ts';
import { type Look, monitor, type Seen } from './history.ts';

/** Bytes of the stored document. */
export function sizeOf(state: MonitorState): number {
  return Buffer.byteLength(
    sealEnvelope(monitorState, state, { run: '1.1', nonce: '0'.repeat(16) }, null),
  );
}

/** A busy cluster, a cycle every quarter of an hour: of `services` about half are down at any time, for two hours to twelve each, and no way out takes anything. */
export function refusedFor(
  days: number,
  services: number,
  targets: readonly Target[] | undefined,
  lived: (at: {
    readonly state: MonitorState;
    readonly decided: ReturnType<ReturnType<typeof monitor>['look']>;
    readonly cycle: number;
  }) => void,
): ReturnType<typeof monitor> {
  const monitored = monitor();
  for (let cycle = 0; cycle < days * 96; cycle++) {
    const seen = Array.from({ length: services }, (_, at) => seenAt(at, cycle)).filter(
      (each) => each !== null,
    );
    const look: Look = { seen, slack: 'refuses', ...(targets === undefined ? {} : { targets }) };
    const decided = monitored.look(cycle * 15, look);
    lived({ state: monitored.state(), decided, cycle });
  }
  return monitored;
}

/** No dice: each service has a rhythm of its own. */
export function seenAt(at: number, cycle: number): Seen | null {
  const half = 8 + ((at * 7) % 41);
  const turn = Math.floor((cycle + at * 3) / half);
  if (turn % 2 === 1) return null;
  const severity = severities[(at + turn) % 3] ?? 'SEV-3';
  return { name: `service-${at}`, severity, digest: (cycle + at) % 9 < 4 ? 'd1' : 'd2' };
}
