import type { ObjectRef } from '../model/snapshot.ts';
import { refOf } from './meta.ts';
import type { Service } from './network-and-storage.ts';

/** Services by how programs call them. */
export interface ServiceAddresses {
  /** The Service that `host` means to a pod in `from`: `db`, `db.shop`, `db.shop.svc.cluster.local`, a member's name before it, a cluster IP. */
  named(host: string, from: string | null): ObjectRef | undefined;
}

export function serviceAddresses(services: readonly Service[]): ServiceAddresses {
  const byName = new Map<string, ObjectRef>();
  const byAddress = new Map<string, ObjectRef>();
  for (const service of services) {
    const ref = refOf('Service', service);
    const { clusterIP, type } = service.spec ?? {};
    if (type === 'ExternalName') continue;
    byName.set(`${ref.name}.${ref.namespace}`, ref);
    if (clusterIP !== undefined && clusterIP !== '' && clusterIP !== 'None')
      byAddress.set(clusterIP.toLowerCase(), ref);
  }
  return {
    named(host, from) {
      const whole = host.toLowerCase().replace(/\.$/, '');
      const address = byAddress.get(whole);
      if (address !== undefined) return address;
      const [first = '', second, third] = labelsOf(whole);
      const names =
        second === undefined
          ? [`${first}.${from}`]
          : third === undefined
            ? [`${first}.${second}`, `${second}.${from}`]
            : [`${second}.${third}`];
      return names.map((name) => byName.get(name)).find((ref) => ref !== undefined);
    },
  };
}

/** The labels before `.svc`; all of them where there is none. A name of three labels or more that is not in `.svc` is none of this cluster. */
function labelsOf(host: string): readonly string[] {
  const [inside = '', ...outside] = host.split(/\.svc(?=\.|$)/);
  const labels = inside.split('.');
  return outside.length > 0 ? labels : labels.length > 2 ? [] : labels;
}
