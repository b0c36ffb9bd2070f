import { createHash } from 'node:crypto';
import { confirm, decide, fail } from '../../../src/core/decide.ts';
import { channelsOf } from '../../../src/core/lifecycle/channel.ts';
import { type Catalog, defaultCatalog } from '../../../src/core/model/catalog.ts';
import type { CycleStamp, Decided } from '../../../src/core/model/cycle.ts';
import type { Assessments, Decision, Severity } from '../../../src/core/model/decision.ts';
import type { Finding } from '../../../src/core/model/finding.ts';
import type { Incident, Observation } from '../../../src/core/model/incident.ts';
import type { NamespaceFilter } from '../../../src/core/model/namespaces.ts';
import type {
  Notification,
  NotificationKind,
  Receipt,
  Target,
} from '../../../src/core/model/notification.ts';
import type { Heard } from '../../../src/core/model/response.ts';
import type { Gap } from '../../../src/core/model/snapshot.ts';
import { freshState, type MonitorState } from '../../../src/core/model/state.ts';
import { cycleIdOf, formatTime } from '../../../src/core/model/time.ts';

/** A Tuesday, 10:00 UTC. */
export const start = Date.parse('2026-11-24T10:00:00Z');

/** One incident as a test wants it seen. */
export interface Seen {
  readonly name?: string;
  /** null: a Node; absent: `shop`. */
  readonly namespace?: string | null;
  readonly severity?: Severity;
  readonly digest?: string;
  readonly known?: boolean;
  readonly shouldNotify?: boolean;
  readonly unconfirmed?: boolean;
  readonly quietBy?: 'silence' | 'maintenance';
  /** The canonical reason of its root. */
  readonly reason?: string;
  /** Deployments whose pods fail because of it. */
  readonly holds?: readonly string[];
  readonly impact?: 'outage' | 'degraded';
}

/** One look at the cluster: what is seen, what cannot be read. */
export interface Look {
  readonly seen?: readonly Seen[];
  readonly gaps?: readonly Gap[];
  readonly source?: 'live' | 'dump';
  /** ms; when the snapshot was taken, where that is not now. */
  readonly takenAt?: number;
  readonly unsaved?: boolean;
  /** RFC 3339: since when Deployment api says that it is available. */
  readonly wellSince?: string;
  readonly channel?: string | null;
  readonly targets?: readonly Target[];
  /** Whether Slack takes what is sent; `dies`: the run ends before it could save what Slack said. */
  readonly slack?: 'takes' | 'refuses' | 'dies';
  readonly run?: string;
  /** What people answered; absent: nobody listened. */
  readonly heard?: Heard;
  readonly namespaces?: NamespaceFilter;
  readonly retryAfterSeconds?: number;
  /** What Slack did not take it may have taken all the same. */
  readonly maybeDelivered?: boolean;
  /** What else Slack says of a message of this kind. */
  readonly receipt?: (kind: NotificationKind) => Partial<Receipt>;
  readonly receipts?: (notification: Notification) => Partial<Receipt>;
}

export const podGap: Gap = {
  kind: 'Pod',
  namespace: 'shop',
  reason: 'forbidden',
  detail: 'pods is forbidden',
};

export function fingerprintOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

/** The fingerprint of a seen incident. */
export function idOf({ name = 'api', reason }: Seen): string {
  return fingerprintOf(reason === undefined ? name : `${name}${reason}`);
}

export function observationOf(look: Look, now: number): Observation {
  const seen = look.seen ?? [];
  return {
    takenAt: formatTime(now),
    snapshotAt: formatTime(look.takenAt ?? now),
    source: look.source ?? 'live',
    clusterUid: 'uid-1',
    findings: seen.flatMap(findingsOf),
    incidents: seen.map((each, at) =>
      incidentOf(each, seen.slice(0, at).flatMap(findingsOf).length),
    ),
    gaps: look.gaps ?? [],
    ...(look.wellSince === undefined
      ? {}
      : { wellSince: { 'Deployment/shop/api': look.wellSince } }),
  };
}

export function assessmentsOf(look: Look): Assessments {
  const entries = (look.seen ?? []).map((each): [string, Decision] => [
    idOf(each),
    decisionOf(each),
  ]);
  return { byFingerprint: Object.fromEntries(entries), fallback: null, trouble: null };
}

function decisionOf({
  name = 'api',
  severity = 'SEV-2',
  known = false,
  shouldNotify,
}: Seen): Decision {
  return {
    severity,
    confidence: 95,
    shouldNotify: shouldNotify ?? (!known && severity !== 'SEV-4'),
    affectedServices: [name],
    rootCause: `${name} has no ready pod`,
    immediateActions: [`kubectl -n shop describe deployment ${name}`],
    businessImpact: 'down',
    by: 'policy',
  };
}

function incidentOf(seen: Seen, index: number): Incident {
  const { name = 'api', digest = 'd1', known = false, unconfirmed = false, quietBy } = seen;
  const { reason = 'CrashLoopBackOff', holds = [], namespace = 'shop' } = seen;
  const kind = namespace === null ? 'Node' : 'Deployment';
  return {
    ...(unconfirmed ? { unconfirmed: true as const } : {}),
    ...(quietBy === undefined ? {} : { quietBy }),
    fingerprint: idOf(seen),
    root: { kind, namespace, name, reason },
    cause: 'proven',
    looked: null,
    symptoms: [
      {
        check: 'crash-loop',
        reason: 'CrashLoopBackOff',
        count: 1,
        examples: [`shop/${name}-1`],
        message: 'exits with code 1',
      },
    ],
    summary: `Deployment shop/${name}: container ${name} exits with code 1 (CrashLoopBackOff)`,
    findings: [index, ...holds.map((_, at) => index + 1 + at)],
    impact: 'outage',
    imminent: false,
    priority: 'P1',
    services: [name],
    maxDowntimeSeconds: 300,
    since: '2026-11-24T09:50:00Z',
    sinceExact: true,
    known: known || quietBy !== undefined ? 'OPS-12' : null,
    foundation: false,
    commands: [`kubectl -n shop describe deployment ${name}`],
    digest: digest.padEnd(16, '0'),
  };
}

function findingsOf(seen: Seen): readonly Finding[] {
  const held = (seen.holds ?? []).map((name) => findingOf({ ...placeOf(name), name }));
  return [findingOf(seen), ...held];
}

/** `blog` is the one workload of these tests in a namespace of its own, of its own name. */
function placeOf(name: string): Pick<Seen, 'namespace'> {
  return name === 'blog' ? { namespace: 'blog' } : {};
}

function findingOf({ name = 'api', known = false, namespace = 'shop' }: Seen): Finding {
  return {
    check: 'crash-loop',
    object: { kind: 'Pod', namespace: namespace ?? 'shop', name: `${name}-1` },
    reason: 'CrashLoopBackOff',
    impact: 'outage',
    since: '2026-11-24T09:50:00Z',
    message: `container ${name} exits with code 1 (CrashLoopBackOff)`,
    evidence: [{ source: 'field', at: 'status.phase', text: 'Running' }],
    proof: { decidedBy: 'field', sinceExact: true },
    cause: { role: 'cause', reason: 'CrashLoopBackOff', rank: 0 },
    workload: { kind: 'Deployment', namespace: namespace ?? 'shop', name },
    service: name,
    known: known ? 'OPS-12' : null,
  };
}

/** Of a monitor that looked before, and saw nothing. */
export const lookedState: MonitorState = { ...freshState, lookedAt: '2026-11-24T09:00:00Z' };

/** A monitor that lives through cycles, with a Slack that answers as each look says. */
export function monitor(
  options: {
    readonly catalog?: Partial<Catalog>;
    readonly first?: boolean;
    /** What it remembers. */
    readonly state?: MonitorState;
  } = {},
) {
  const catalog = { ...defaultCatalog, ...options.catalog };
  let first = options.first ?? false;
  let state = options.state ?? (first ? freshState : lookedState);
  let cycles = 0;

  function stampOf(look: Look, now: number): CycleStamp {
    cycles++;
    return {
      id: cycleIdOf(now),
      cluster: 'prod',
      startedAt: formatTime(now),
      now,
      run: look.run ?? `run-${cycles}`,
      channel: look.channel === undefined ? 'C1' : look.channel,
      targets: look.targets,
      channels: channelsOf(catalog),
      runUrl: 'https://github.com/acme/ops/actions/runs/1',
      ...(look.namespaces === undefined ? {} : { namespaces: look.namespaces }),
    };
  }
  function settle(decided: Decided, look: Look, stamp: CycleStamp): Decided {
    if (look.unsaved === true) return decided;
    state = stored(decided.state);
    first = false;
    if (look.slack !== 'dies') state = stored(confirm(state, receiptsOf(decided, look), stamp));
    return decided;
  }
  return {
    state: () => state,
    /** Looks at `minutes` after the start. */
    look(minutes: number, look: Look): Decided {
      const now = start + minutes * 60_000;
      const stamp = stampOf(look, now);
      const observation = observationOf(look, now);
      const { heard } = look;
      const options = { unsaved: look.unsaved === true, ...(heard === undefined ? {} : { heard }) };
      const decided = decide(
        state,
        first,
        observation,
        assessmentsOf(look),
        stamp,
        catalog,
        options,
      );
      return settle(decided, look, stamp);
    },
    fail(minutes: number, look: Look = {}): Decided {
      const stamp = stampOf(look, start + minutes * 60_000);
      const failure = {
        status: 'failed',
        phase: 'k8s-analyzer',
        message: 'no route to host',
      } as const;
      return settle(fail(state, failure, stamp, { unsaved: look.unsaved === true }), look, stamp);
    },
  };
}

/** As it comes back from the store. */
export function stored(state: MonitorState): MonitorState {
  return JSON.parse(JSON.stringify(state)) as MonitorState;
}

export function receiptsOf({ due }: Decided, look: Look): readonly Receipt[] {
  const accepted = look.slack !== 'refuses';
  return due.map((notification) => {
    const { id, channel, kind } = notification;
    return {
      id,
      accepted,
      channel: accepted ? channel : null,
      ts: accepted ? `ts-${id}` : null,
      error: accepted ? null : 'Slack has trouble (internal_error); kept for the next cycle.',
      maybeDelivered: look.maybeDelivered === true,
      retryAfterSeconds: look.retryAfterSeconds ?? null,
      ...look.receipt?.(kind),
      ...look.receipts?.(notification),
    };
  });
}

/** `full NEW`: how one incident is told, and why. */
export function sayVerdict({ verdicts }: Decided, name = 'api'): string | null {
  const found = verdicts.find(({ fingerprint }) => fingerprint === fingerprintOf(name));
  return found === undefined ? null : `${found.state}: ${found.notify} ${found.reason}`;
}

/** `full NEW`, `edit RESOLVED`: what is sent. */
export function sayDue({ due }: Decided): readonly string[] {
  return due.map(({ kind, reason }) => `${kind} ${reason}`);
}
