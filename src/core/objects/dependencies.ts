import { addTo, indexByRef, type RefMap, refMap } from '../model/ref-map.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import type { Objects } from './kinds.ts';
import { refOf } from './meta.ts';
import type { Service } from './network-and-storage.ts';
import { perArray, perObject } from './remembered.ts';
import { runners, servers, type Templated } from './templates.ts';

/** An address that an environment variable of a pod template names. */
export interface Named {
  readonly workload: Templated;
  readonly container: string;
  readonly variable: string;
  readonly host: string;
  readonly port: number | undefined;
  /** The variable that names the port, where another one does (`DB_HOST` and `DB_PORT`). */
  readonly portVariable: string | undefined;
}

/** The Service that a host name stands for inside the cluster. */
export interface Meant {
  readonly service: ObjectRef;
  /** `full`: `db.shop.svc`, which can be nothing else. `short`: `db`, or `db.shop`. */
  readonly form: 'full' | 'short';
}

export type Dependents = Pick<
  Objects,
  'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob'
>;

/** Addresses in the templates of workloads that run: what is scaled to zero or suspended needs nobody. */
export function addressesOf(objects: Dependents): readonly Named[] {
  return [...servers(objects), ...runners(objects)].flatMap((workload) =>
    workload.desired > 0 ? addressesIn(workload) : [],
  );
}

const addressesIn = perObject((workload: Templated): readonly Named[] => {
  return (workload.template.spec?.containers ?? []).flatMap(
    ({ name: container = '', env = [] }) => {
      const ports = new Map(
        env.flatMap(({ name = '', value = '' }): [string, number][] =>
          /^\d{1,5}$/.test(value) ? [[name, Number(value)]] : [],
        ),
      );
      return env.flatMap(({ name: variable = '', value = '' }) =>
        value
          .split(',')
          .filter((part) => !/^\d*$/.test(part))
          .map((part) => ({
            workload,
            container,
            variable,
            ...splitAddress(part, variable, ports),
          })),
      );
    },
  );
});

function splitAddress(
  part: string,
  variable: string,
  ports: ReadonlyMap<string, number>,
): Pick<Named, 'host' | 'port' | 'portVariable'> {
  const [host = '', own] = part.split(':');
  if (own !== undefined) return { host, port: Number(own), portVariable: undefined };
  // `HOST` and `PORT` alone are what the process itself listens on.
  const stem = /^(.+_)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT)$/i.exec(variable)?.[1];
  const portVariable = stem === undefined ? undefined : `${stem}PORT`;
  const port = portVariable === undefined ? undefined : ports.get(portVariable);
  return { host, port, portVariable: port === undefined ? undefined : portVariable };
}

/** The Service that a name means for a pod of `namespace`; undefined where it may well be no Service: a name of the world outside. */
export function meantBy(
  host: string,
  namespace: string | null,
  isNamespace: (name: string) => boolean,
): Meant | undefined {
  const labels = host.split('.');
  const at = labels.indexOf('svc');
  const [first = '', second = ''] = labels;
  if (at >= 2 && isClusterDomain(labels.slice(at + 1)))
    return meant(labels[at - 2] ?? '', labels[at - 1] ?? '', 'full');
  if (labels.length === 1) return meant(first, namespace, 'short');
  if (labels.length === 2 && isNamespace(second)) return meant(first, second, 'short');
  return undefined;
}

function meant(name: string, namespace: string | null, form: Meant['form']): Meant {
  return { service: { kind: 'Service', namespace, name }, form };
}

/** `svc` alone, or in the domain that a cluster has unless it was told another. */
function isClusterDomain(rest: readonly string[]): boolean {
  return rest.length === 0 || rest.join('.') === 'cluster.local';
}

export const servicesByRef = perArray(
  (services: readonly Service[]): RefMap<Service> =>
    indexByRef(services, (each) => refOf('Service', each)),
);

/** Who names each Service in an environment variable. */
export function dependentsByService(
  objects: Dependents & Pick<Objects, 'Namespace' | 'Service'>,
): RefMap<readonly Named[]> {
  const isNamespace = namespaceTest(objects.Namespace);
  const found = refMap<Named[]>();
  for (const named of addressesOf(objects)) {
    const service = meantBy(named.host, named.workload.ref.namespace, isNamespace)?.service;
    if (service !== undefined) addTo(found, service, named);
  }
  return found;
}

export function namespaceTest(namespaces: Objects['Namespace']): (name: string) => boolean {
  const names = new Set(namespaces.map(({ metadata }) => metadata?.name));
  return (name) => names.has(name);
}

/** `env DB_HOST of container api names db:5433`. */
export function sayNamed({ container, variable, host, port, portVariable }: Named): string {
  const at = port === undefined ? host : `${host}:${port}`;
  const by = portVariable === undefined ? variable : `${variable} and ${portVariable}`;
  return `${by} of container ${container} ${portVariable === undefined ? 'names' : 'name'} ${at}`;
}
