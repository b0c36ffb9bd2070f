import type { RawObjects } from '../../support/objects.ts';
import type { Case, Expected } from './suite.ts';

/** Raw objects that the cases of checks of Services, Ingresses, policies and their users share: namespace shop, an hour old. */
export const hourAgo = '2026-01-01T11:00:00Z';
export const minuteAgo = '2026-01-01T11:59:00Z';

export interface Made {
  readonly namespace?: string | null;
  readonly created?: string | undefined;
  readonly labels?: object;
  readonly more?: object;
}

export function meta(name: string, made: Made = {}): object {
  const { namespace = 'shop', created = hourAgo, labels, more } = made;
  return {
    name,
    ...(namespace === null ? {} : { namespace }),
    uid: `uid-${name}`,
    creationTimestamp: created,
    ...(labels === undefined ? {} : { labels }),
    ...more,
  };
}

/** A Service that leads TCP 80 to 8080 of pods labelled app=<name>, unless `spec` says otherwise. */
export function service(name: string, spec: object = {}, made: Made = {}, status?: object): object {
  return {
    metadata: meta(name, made),
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.0.0.1',
      selector: { app: name },
      ports: [{ port: 80, targetPort: 8080 }],
      ...spec,
    },
    ...(status === undefined ? {} : { status }),
  };
}

export function slice(of: string, more: object = {}, namespace = 'shop'): object {
  return {
    metadata: meta(`${of}-x`, { namespace, labels: { 'kubernetes.io/service-name': of } }),
    endpoints: [{ conditions: { ready: true } }],
    ...more,
  };
}

interface Template {
  readonly labels?: object;
  readonly env?: readonly (readonly [name: string, value: string])[];
  readonly ports?: readonly object[];
  readonly spec?: object;
  readonly container?: object;
}

/** A Deployment of two pods labelled app=<name>, both available. */
export function deployment(
  name: string,
  template: Template = {},
  made: Made & Partial<{ replicas: number; ready: number }> = {},
): object {
  const { replicas = 2, ready = replicas } = made;
  return {
    metadata: meta(name, made),
    spec: { replicas, template: templateOf(name, template) },
    status: { availableReplicas: ready, readyReplicas: ready },
  };
}

export function templateOf(
  name: string,
  { labels = { app: name }, env = [], ports = [], spec, container }: Template = {},
): object {
  return {
    metadata: { labels },
    spec: {
      containers: [
        {
          name,
          ports,
          env: env.map(([variable, value]) => ({ name: variable, value })),
          ...container,
        },
      ],
      ...spec,
    },
  };
}

/** A steady pod of Deployment <name>, labelled app=<name>. */
export function pod(
  name: string,
  labels: object = { app: name },
  more: { readonly metadata?: object; readonly spec?: object; readonly status?: object } = {},
): object {
  return {
    metadata: {
      ...meta(`${name}-6d4-a`, { labels: { 'pod-template-hash': '6d4', ...labels } }),
      ownerReferences: [{ kind: 'ReplicaSet', name: `${name}-6d4`, controller: true }],
      ...more.metadata,
    },
    spec: { containers: [{ name }], ...more.spec },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: hourAgo }],
      containerStatuses: [{ name, ready: true }],
      ...more.status,
    },
  };
}

export function namespace(
  name: string,
  labels: object = { 'kubernetes.io/metadata.name': name },
): object {
  return { metadata: meta(name, { namespace: null, labels }), status: { phase: 'Active' } };
}

/** An Ingress of class nginx that leads shop.example/ to port 80 of a Service. */
export function ingress(
  name: string,
  to: string,
  spec: object = {},
  made: Made = {},
  status?: object,
): object {
  return {
    metadata: meta(name, made),
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'shop.example',
          http: {
            paths: [{ path: '/', backend: { service: { name: to, port: { number: 80 } } } }],
          },
        },
      ],
      ...spec,
    },
    ...(status === undefined ? {} : { status }),
  };
}

export const published = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } };

/** A fresh Warning event about an object that `meta` named. */
export function warning(of: string, reason: string, message: string, more: object = {}): object {
  return {
    metadata: { name: `${of}.${reason}`, namespace: 'shop' },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: minuteAgo,
    involvedObject: { namespace: 'shop', name: of, uid: `uid-${of}` },
    ...more,
  };
}

export const leaving = { more: { deletionTimestamp: minuteAgo } };
export const shopGoes = { metadata: { name: 'shop' }, status: { phase: 'Terminating' } };

export function fires(name: string, objects: RawObjects, ...expected: readonly Expected[]): Case {
  return { name, objects, expect: expected };
}

export function quiet(name: string, objects: RawObjects, gaps: Case['gaps'] = []): Case {
  return { name: `quiet: ${name}`, objects, gaps, expect: [] };
}
