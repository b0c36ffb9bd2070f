import { type Finding, type Impact, standingTogether } from '../model/finding.ts';
import { type Incident, worstHit } from '../model/incident.ts';
import { nameOf } from '../model/snapshot.ts';
import { count, cut } from '../model/text.ts';
import { ageSeconds, sayDuration } from '../model/time.ts';

const serviceNameLimit = 80;
const mostServices = 3;

const impactWords: { readonly [impact in Impact]: string } = {
  outage: 'out',
  degraded: 'degraded',
  'at-risk': 'at risk',
  info: 'not affected',
};

/** The incident's commands; where none could be rendered, what to look at in words. */
export function actionsFor(incident: Incident): readonly string[] {
  if (incident.commands.length > 0) return incident.commands.slice(0, 5);
  return [`Look at ${incident.root.kind} ${cut(nameOf(incident.root), 200)} and its events`];
}

/** Facts only: how bad, priority, services, how many pods serve, for how long, and how long it may last. `now` in ms. */
export function impactText(incident: Incident, findings: readonly Finding[], now: number): string {
  const age = ageSeconds(incident.since, now);
  const since =
    age === null
      ? 'since an unknown time'
      : `for ${incident.sinceExact ? '' : 'about '}${sayDuration(age)}`;
  const facts = [
    `${incident.priority} ${servicesText(incident, findings)}: ${impactWords[incident.impact]} ${since}`,
    readyText(findings),
    allowedText(incident.maxDowntimeSeconds),
  ];
  return `${facts.filter((fact) => fact !== '').join('; ')}.`;
}

function servicesText(incident: Incident, findings: readonly Finding[]): string {
  const { root } = incident;
  const hit = worstHit(incident, findings);
  const services = hit.length === 0 ? incident.services : hit;
  if (services.length === 0) return `${root.kind} ${cut(nameOf(root), serviceNameLimit)}`;
  const named = services.slice(0, mostServices).map((name) => cut(name, serviceNameLimit));
  const rest = services.length - named.length;
  return `${named.join(', ')}${rest > 0 ? ` and ${count(rest, 'more service')}` : ''}`;
}

function readyText(findings: readonly Finding[]): string {
  const standing = standingTogether(findings);
  return standing === undefined
    ? ''
    : `${standing.ready} of ${count(standing.desired, 'pod')} ready`;
}

function allowedText(seconds: number | null): string {
  if (seconds === null) return 'no limit on downtime';
  return seconds === 0 ? 'no downtime allowed' : `${sayDuration(seconds)} of downtime allowed`;
}
