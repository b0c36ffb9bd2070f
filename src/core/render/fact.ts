import type { AlertLine, AlertView } from '../model/alert.ts';
import type { Fact } from '../model/notification.ts';
import { count } from '../model/text.ts';
import { nameLine, oneLine } from './plain-text.ts';
import { conditionOf, otherServices, rootBeside, sayLength, subjectOf } from './words.ts';

/** One incident for a program: plain text everywhere, each within its length. */
export function factOf(line: AlertLine, view: AlertView): Fact {
  const { root, decision } = line;
  const length = sayLength(line, view.now);
  const subject = `${nameLine(subjectOf(line), 80)}${otherServices(line)}`;
  const standing = `${conditionOf(line).toUpperCase()}${length === '' ? '' : ` ${length}`}`;
  const cause = `${rootBeside(line)}: ${line.summary}`;
  return {
    fingerprint: line.key ?? line.fingerprint,
    severity: decision.severity,
    state: line.state,
    text: oneLine(
      `${decision.severity} ${subject} ${standing}: ${cause} (${nameLine(view.cluster, 40)})`,
      400,
    ),
    kind: nameLine(root.kind, 63),
    namespace: root.namespace === null ? null : nameLine(root.namespace, 63),
    name: nameLine(root.name, 253),
    reason: nameLine(root.reason, 63),
    summary: oneLine(line.summary, 300),
    services: line.services.slice(0, 10).map((service) => nameLine(service, 63)),
    since: line.since,
  };
}

/** `. 2 more incidents.`, or nothing. */
export function leftOutOf(more: number): string {
  return more < 1 ? '' : `. ${count(more, 'more incident')}.`;
}
