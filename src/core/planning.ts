import { registry } from './checks/registry.ts';
import { fallenBack } from './escalation/fallback.ts';
import { comparePlanned } from './lifecycle/order.ts';
import type { Windows } from './lifecycle/pace.ts';
import { plan } from './lifecycle/plan.ts';
import type { Planned } from './lifecycle/planned.ts';
import { planStale, withheld } from './lifecycle/restraint.ts';
import { sightingsOf } from './lifecycle/sighting.ts';
import type { Catalog } from './model/catalog.ts';
import type { CycleStamp } from './model/cycle.ts';
import type { Assessments, Decision } from './model/decision.ts';
import type { Incident, Observation } from './model/incident.ts';
import type { MonitorState } from './model/state.ts';

/** What nobody decided is decided by the conservative default: an incident is never dropped in silence. */
function decisionsOf(
  observation: Observation,
  { byFingerprint }: Assessments,
): (incident: Incident) => Decision {
  const defaults = fallenBack(observation, null, null).byFingerprint;
  return ({ fingerprint }) => {
    const decision = byFingerprint[fingerprint] ?? defaults[fingerprint];
    if (decision === undefined)
      throw new TypeError(`incident ${fingerprint} is not in the observation`);
    return decision;
  };
}

/** What a plan is made of. */
interface Given {
  readonly assessments: Assessments;
  readonly state: MonitorState;
  readonly first: boolean;
  readonly observation: Observation;
  readonly stamp: CycleStamp;
  readonly catalog: Catalog;
  readonly stale: boolean;
  readonly unsaved: boolean;
  readonly windows: Windows;
  readonly acked: ReadonlySet<string>;
}

/** What the life-cycle says of every incident that is seen or open, in headline order, what is seen before what is not. */
export function planOf(given: Given): readonly Planned[] {
  const { state, first, observation, stamp, catalog, windows, acked } = given;
  const { now, namespaces } = stamp;
  const decisionOf = decisionsOf(observation, given.assessments);
  const sightings = sightingsOf(state, observation, decisionOf, { now, needsOf, namespaces });
  const context = {
    ...{ now, first, observation, windows, acked },
    ...{ hours: catalog.hours, repeatSeconds: catalog.repeatSeconds },
    ...{ alerts: state.alerts, lookedAt: state.lookedAt },
  };
  const planned = given.stale ? planStale(sightings, context) : plan(sightings, context);
  return [...(given.unsaved ? planned.map(withheld) : planned)].sort(comparePlanned);
}

function needsOf(check: string): readonly string[] {
  return registry.find(({ meta }) => meta.id === check)?.needs ?? [];
}
