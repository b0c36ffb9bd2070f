import type { Service } from './network-and-storage.ts';
import type { Pod } from './pod.ts';
import { perObject } from './remembered.ts';
import type { Templated } from './templates.ts';

/** A port of a Service with what the API fills in: TCP, and the same port as target. */
export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly target: string | number;
  /** The API server fills the target in: one without was cut by hand. */
  readonly implied: boolean;
}

/** A port that a container says it listens on. */
export interface DeclaredPort {
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

export const servicePorts = perObject(({ spec }: Service): readonly ServicePort[] =>
  (spec?.ports ?? []).flatMap(({ name = '', port, protocol, targetPort }) =>
    port === undefined
      ? []
      : [
          {
            name,
            port,
            protocol: protocolOf(protocol),
            target: targetPort ?? port,
            implied: targetPort === undefined,
          },
        ],
  ),
);

/** The API's own default, also for a word that is no protocol. */
function protocolOf(said: string | undefined): string {
  return said !== undefined && ['TCP', 'UDP', 'SCTP'].includes(said) ? said : 'TCP';
}

interface Declaring {
  readonly ports?:
    | readonly {
        readonly name?: string | undefined;
        readonly containerPort?: number | undefined;
        readonly protocol?: string | undefined;
      }[]
    | undefined;
}

function portsOf(containers: readonly Declaring[]): readonly DeclaredPort[] {
  return containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ name = '', containerPort, protocol }) =>
      containerPort === undefined
        ? []
        : [{ name, number: containerPort, protocol: protocolOf(protocol) }],
    ),
  );
}

/** What the pods of a template declare. */
export const declaredPorts = perObject(({ template }: Templated): readonly DeclaredPort[] =>
  portsOf([...(template.spec?.containers ?? []), ...(template.spec?.initContainers ?? [])]),
);

/** What pods declare themselves, sidecars that were put in and native ones too. Of a pod that serves nothing of it is kept. */
export function portsOfPods(pods: readonly Pod[]): readonly DeclaredPort[] {
  return pods.flatMap(({ spec }) => [
    ...portsOf(spec?.containers ?? []),
    ...portsOf(spec?.initContainers ?? []),
  ]);
}

/** A port for scrapers and probes, which rarely has a Service: that it has none says nothing. */
export function isMetricsPort({ name }: DeclaredPort): boolean {
  return /metric|prom|health|probe|live|ready|admin|debug|pprof|monitor|status/i.test(name);
}

/** `8080/TCP (http), 9090/TCP`, at most four. */
export function sayPorts(ports: readonly DeclaredPort[]): string {
  const said = new Set(
    ports.map(
      ({ name, number, protocol }) => `${number}/${protocol}${name === '' ? '' : ` (${name})`}`,
    ),
  );
  return [...said].sort().slice(0, 4).join(', ');
}
