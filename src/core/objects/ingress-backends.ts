import type { ObjectRef } from '../model/snapshot.ts';
import { refOf } from './meta.ts';
import type { Ingress } from './network-and-storage.ts';

/** A Service that an Ingress leads to. */
export interface Backend {
  readonly service: ObjectRef;
  readonly port: { readonly name?: string | undefined; readonly number?: number | undefined };
  /** `shop.example/cart`; `everything else` for the default backend. */
  readonly serves: string;
}

/** Service backends of an Ingress. Those that a controller's annotation describes (port `use-annotation`) name no Service, and other resources are their controller's matter. */
export function backendsOf(ingress: Ingress): readonly Backend[] {
  const { namespace } = refOf('Ingress', ingress);
  const { defaultBackend, rules = [] } = ingress.spec ?? {};
  const listed = [
    { backend: defaultBackend, serves: 'everything else' },
    ...rules.flatMap(({ host = '*', http }) =>
      (http?.paths ?? []).map(({ path = '/', backend }) => ({
        backend,
        serves: `${host}${path}`,
      })),
    ),
  ];
  return listed.flatMap(({ backend, serves }) => {
    const { name, port = {} } = backend?.service ?? {};
    if (name === undefined || port.name === 'use-annotation') return [];
    return { service: { kind: 'Service', namespace, name }, port, serves };
  });
}

/** Whether the controller of an Ingress, or of a Service of type LoadBalancer, has published where it can be reached. */
export function isPublished({ status }: Pick<Ingress, 'status'>): boolean {
  return (status?.loadBalancer?.ingress ?? []).some(
    ({ ip, hostname }) => ip !== undefined || hostname !== undefined,
  );
}

/** The class that is to serve it: the field's, else the old annotation's; undefined: whatever is the default. */
export function classOf({ metadata, spec }: Ingress): string | undefined {
  return spec?.ingressClassName ?? metadata?.annotations?.['kubernetes.io/ingress.class'];
}
