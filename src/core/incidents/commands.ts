import type { Command } from '../model/check-meta.ts';
import { isDnsName, isKindName } from '../model/dns-name.ts';
import type { Finding } from '../model/finding.ts';

/** A check's command templates, by its id. */
export type Templates = (check: string) => readonly Command[];

const most = 5;
const rolled: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** What a shell takes as one plain word. */
const plainWord = /^[\w@%+=:,./-]+$/;

/** The leading finding's commands, then the first of each other check, filled in for one object each; at most five, none twice, and none for all of a kind beside that for one of it. */
export function commandsFor(findings: readonly Finding[], templates: Templates): readonly string[] {
  const seen = new Set<string>();
  const wanted = findings.flatMap((finding, place) => {
    if (seen.has(finding.check)) return [];
    seen.add(finding.check);
    return filledIn(templates(finding.check), finding, place === 0 ? most : 1);
  });
  const each = [...new Set(wanted)];
  return each
    .filter((command) => !each.some((other) => other.startsWith(`${command} `)))
    .slice(0, most);
}

/** The first `limit` that can be filled in. */
function filledIn(templates: readonly Command[], finding: Finding, limit: number): string[] {
  const filled: string[] = [];
  for (const template of templates) {
    if (filled.length === limit) break;
    const fitting = templateFor(template, finding);
    const command = fitting === undefined ? undefined : fillIn(fitting, finding);
    if (command !== undefined) filled.push(command);
  }
  return filled;
}

function templateFor(command: Command, { reason }: Finding): string | undefined {
  if (typeof command === 'string') return command;
  return command.for.includes(reason) ? command.run : undefined;
}

/** The command for this finding; undefined where a value is missing or no name that Kubernetes could have accepted. */
export function fillIn(template: string, finding: Finding): string | undefined {
  // `kubectl rollout` knows no pod and no job.
  if (
    template.includes('kubectl -n {namespace} rollout ') &&
    !rolled.includes(finding.workload.kind)
  )
    return undefined;
  // This finds what has no namespace; in a namespace it is described already.
  if (template.includes(' -A --field-selector metadata.name=') && finding.object.namespace !== null)
    return undefined;
  let whole = true;
  const filled = template.replace(/\{(\w+)\}/g, (_, word: string) => {
    const value = wordFor(word, finding);
    if (value === undefined) whole = false;
    return value ?? '';
  });
  return whole ? filled : undefined;
}

function wordFor(word: string, { object, workload, proof }: Finding): string | undefined {
  switch (word) {
    case 'namespace':
      return named(object.namespace);
    case 'name':
      return named(object.name);
    case 'kind':
      return kindWord(object.kind);
    case 'container':
      return named(proof.container);
    case 'node':
      return named(proof.node);
    case 'image':
      return quoted(proof.image);
    case 'resource':
      return named(proof.resource);
    case 'missing':
      return joined(kindWord(proof.missing?.kind ?? ''), named(proof.missing?.name));
    case 'workload':
      return joined(kindWord(workload.kind), named(workload.name));
    default:
      return undefined;
  }
}

function named(name: string | null | undefined): string | undefined {
  return name != null && isDnsName(name) ? name : undefined;
}

function kindWord(kind: string): string | undefined {
  return isKindName(kind) ? kind.toLowerCase() : undefined;
}

function joined(kind: string | undefined, name: string | undefined): string | undefined {
  return kind === undefined || name === undefined ? undefined : `${kind}/${name}`;
}

/** An image is no DNS name: quoted where a shell would read more than a word, dropped where it holds what no image does. */
function quoted(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 300 || !/^[\x21-\x7e]+$/.test(text)) return undefined;
  // A leading dash would be read as an option, quoted or not.
  if (text.startsWith('-')) return undefined;
  return plainWord.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
