import type { Check } from './checks/define.ts';
import { registry } from './checks/registry.ts';
import { runChecks } from './checks/run.ts';
import { acceptedTroubles } from './incidents/accepted.ts';
import { belongings } from './incidents/belonging.ts';
import { enlist } from './incidents/enlist.ts';
import { groupFindings } from './incidents/group.ts';
import { entriesOf } from './incidents/hiding.ts';
import { withLastWords } from './incidents/last-words.ts';
import { surround } from './incidents/surroundings.ts';
import type { Catalog } from './model/catalog.ts';
import type { Command } from './model/check-meta.ts';
import type { Observation } from './model/incident.ts';
import type { Snapshot } from './model/snapshot.ts';
import { formatTime } from './model/time.ts';
import { buildTopology } from './objects/topology.ts';
import { byKind } from './objects/trim.ts';
import { wellSince } from './objects/well-since.ts';

/** Everything that one look says, before memory: findings, their causes, gaps. `now` in ms is what every age is counted from. */
export function observe(
  snapshot: Snapshot,
  catalog: Catalog,
  now: number,
  checks: readonly Check[] = registry,
): Observation {
  const objects = byKind(snapshot);
  const topology = buildTopology(objects, snapshot.gaps, snapshot.namespaces);
  const around = surround(objects, topology);
  const belonging = belongings(around, catalog);
  const checked = runChecks(checks, objects, snapshot.gaps, {
    now,
    topology,
    limits: catalog.checks,
    services: {
      limits: new Map(catalog.services.map(({ name, checks: own = {} }) => [name, own])),
      nameOf: (object) => belonging(around.workloadOf(object)).entry?.name ?? null,
    },
  });
  const symptoms = withLastWords(checked.symptoms, snapshot.logs ?? [], around, objects);
  const findings = enlist(symptoms, around, belonging, now, catalog);
  return {
    takenAt: formatTime(now),
    snapshotAt: snapshot.takenAt,
    source: snapshot.source,
    clusterUid: snapshot.clusterUid,
    findings,
    incidents: groupFindings(findings, { around, belonging, catalog, templates: commandTemplates }),
    wellSince: wellSince(objects),
    expired: entriesOf(catalog, now).filter(({ standing }) => standing === 'expired'),
    gaps: [...snapshot.gaps, ...checked.gaps],
    accepted: acceptedTroubles(catalog.accepted, findings, now, (check, namespace) => {
      const needs = checks.find(({ meta }) => meta.id === check)?.needs ?? [];
      return needs.every((kind) => topology.read(kind, namespace));
    }),
  };
}

const commands = new Map(registry.map(({ meta }) => [meta.id, meta.commands]));

function commandTemplates(check: string): readonly Command[] {
  return commands.get(check) ?? [];
}
