import type { MissingRef } from '../model/finding.ts';
import { claimsOf, type Pod } from './pod.ts';

const kindNames: { readonly [word: string]: string } = {
  secret: 'Secret',
  secrets: 'Secret',
  configmap: 'ConfigMap',
  configmaps: 'ConfigMap',
};

/** The ConfigMap, Secret or key that a kubelet says is not there; undefined where it says something else. */
export function missingFrom(text: string, pod: Pod): MissingRef | undefined {
  return missingKey(text, pod) ?? missingProvider(text, pod) ?? missingObject(text, pod);
}

/** `couldn't find key url in Secret shop/db`. */
function missingKey(text: string, pod: Pod): MissingRef | undefined {
  const match = /couldn't find key (\S+) in (Secret|ConfigMap) (?:(\S+)\/)?(\S+)/.exec(text);
  if (match === null) return missingMountedKey(text, pod);
  const [, key, kind = '', namespace, name = ''] = match;
  return { kind, namespace: namespace ?? namespaceOf(pod), name, key };
}

/** `for volume "creds" : references non-existent secret key: url`: only the pod's spec says which Secret. */
function missingMountedKey(text: string, pod: Pod): MissingRef | undefined {
  const key = /references non-existent (?:secret|config) key: (\S+)/.exec(text)?.[1];
  const source = key === undefined ? undefined : sourceOf(text, pod);
  return source?.name === undefined
    ? undefined
    : { kind: source.kind, namespace: namespaceOf(pod), name: source.name, key };
}

/** `secretproviderclasses.secrets-store.csi.x-k8s.io "vault" not found`, as the Secrets Store driver hands it on. */
function missingProvider(text: string, pod: Pod): MissingRef | undefined {
  const name = /secretproviderclasses\S{0,60} \\?"([^"\s\\]{1,253})\\?" not found/.exec(text)?.[1];
  return name === undefined
    ? undefined
    : { kind: 'SecretProviderClass', namespace: namespaceOf(pod), name };
}

/** `secret "db" not found`. The kind's word may be redacted behind a volume called `db-secret`: then the pod's spec says it. */
function missingObject(text: string, pod: Pod): MissingRef | undefined {
  const match = /(\w{0,20})\]? "([^"\s]{1,253})" not found/.exec(text);
  if (match === null) return undefined;
  const [, word = '', name = ''] = match;
  const kind = kindNames[word.toLowerCase()] ?? sourceOf(text, pod)?.kind;
  return kind === undefined ? undefined : { kind, namespace: namespaceOf(pod), name };
}

/** Whether the pod's own spec names it: then the kubelet's text only says which of its references it is. */
export function isReferredTo({ kind, name }: MissingRef, { spec }: Pod): boolean {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const volumes = spec?.volumes ?? [];
  const taken = containers.flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }) => [valueFrom?.secretKeyRef, valueFrom?.configMapKeyRef] as const),
    ...envFrom.map(({ secretRef, configMapRef }) => [secretRef, configMapRef] as const),
  ]);
  const names: { readonly [kind: string]: readonly (string | undefined)[] } = {
    Secret: [
      ...taken.map(([secret]) => secret?.name),
      ...volumes.map((each) => each.secret?.secretName),
    ],
    ConfigMap: [
      ...taken.map(([, map]) => map?.name),
      ...volumes.map((each) => each.configMap?.name),
    ],
    PersistentVolumeClaim: claimsOf({ spec }),
  };
  return names[kind]?.includes(name) ?? false;
}

/** What the volume that a text names is filled from. */
function sourceOf(text: string, pod: Pod): { kind: string; name: string | undefined } | undefined {
  const volume = pod.spec?.volumes?.find(({ name }) => name === volumeOf(text));
  if (volume?.secret !== undefined) return { kind: 'Secret', name: volume.secret.secretName };
  if (volume?.configMap !== undefined) return { kind: 'ConfigMap', name: volume.configMap.name };
  return undefined;
}

/** The volume that a mount event is about: the pod's own name for it, or the PersistentVolume's. */
export function volumeOf(text: string): string | undefined {
  return /for volume "([^"]+)"/.exec(text)?.[1];
}

function namespaceOf(pod: Pod): string | null {
  return pod.metadata?.namespace ?? null;
}

/** `SecretNotFound`, `ConfigMapKeyNotFound`. */
export function missingReason({ kind, key }: MissingRef): string {
  return `${kind}${key === undefined ? '' : 'Key'}NotFound`;
}

/** `Secret db`, `key url of Secret db`. */
export function sayMissing({ kind, name, key }: MissingRef): string {
  return key === undefined ? `${kind} ${name}` : `key ${key} of ${kind} ${name}`;
}
