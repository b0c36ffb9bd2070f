import { isDnsName, isKindName } from '../model/dns-name.ts';
import type { ObjectRef } from '../model/snapshot.ts';

/** What one verb may be said of, and how it is written. `on` is the target in kubectl's words, `-n` included. */
interface Verb {
  readonly kinds: readonly string[] | 'any';
  readonly changes: boolean;
  readonly write: (on: Target) => string;
}
interface Target {
  readonly kind: string;
  readonly name: string;
  /** `-n shop `, empty for what has no namespace. */
  readonly namespace: string;
}

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'];
const logged = [...workloads, 'Pod', 'Job'];

const table = {
  describe: {
    kinds: 'any',
    changes: false,
    write: (on) => `kubectl ${on.namespace}describe ${on.kind} ${on.name}`,
  },
  logs: {
    kinds: logged,
    changes: false,
    write: (on) => `kubectl ${on.namespace}logs ${on.kind}/${on.name} --all-containers --tail=50`,
  },
  'logs-previous': {
    kinds: logged,
    changes: false,
    write: (on) =>
      `kubectl ${on.namespace}logs ${on.kind}/${on.name} --all-containers --previous --tail=50`,
  },
  events: {
    kinds: 'any',
    changes: false,
    write: (on) => `kubectl ${on.namespace}events --for ${on.kind}/${on.name}`,
  },
  top: {
    kinds: ['Pod', 'Node'],
    changes: false,
    write: (on) => `kubectl ${on.namespace}top ${on.kind} ${on.name}`,
  },
  'rollout-status': {
    kinds: workloads,
    changes: false,
    write: (on) => `kubectl ${on.namespace}rollout status ${on.kind}/${on.name} --timeout=10s`,
  },
  'rollout-history': {
    kinds: workloads,
    changes: false,
    write: (on) => `kubectl ${on.namespace}rollout history ${on.kind}/${on.name}`,
  },
  'rollout-undo': {
    kinds: workloads,
    changes: true,
    write: (on) => `kubectl ${on.namespace}rollout undo ${on.kind}/${on.name}`,
  },
  'rollout-restart': {
    kinds: workloads,
    changes: true,
    write: (on) => `kubectl ${on.namespace}rollout restart ${on.kind}/${on.name}`,
  },
  cordon: {
    kinds: ['Node'],
    changes: true,
    write: (on) => `kubectl cordon ${on.name}`,
  },
} as const satisfies { readonly [verb: string]: Verb };

/** Every verb that an answer may choose. None deletes, runs, edits, drains, or reads a Secret. */
export const verbs = Object.keys(table);

/** The command for a verb on an object; undefined where the verb is unknown or does not fit, or a name is none that Kubernetes accepts. */
export function renderAction(
  verb: string,
  { kind, namespace, name }: ObjectRef,
): string | undefined {
  if (!Object.hasOwn(table, verb)) return undefined;
  const chosen: Verb = table[verb as keyof typeof table];
  if (chosen.kinds !== 'any' && !chosen.kinds.includes(kind)) return undefined;
  if (kind === 'Secret' || !isKindName(kind) || !isDnsName(name)) return undefined;
  if (namespace !== null && !isDnsName(namespace)) return undefined;
  const command = chosen.write({
    kind: kind.toLowerCase(),
    name,
    namespace: namespace === null ? '' : `-n ${namespace} `,
  });
  return chosen.changes ? `${command}  # changes the cluster` : command;
}
