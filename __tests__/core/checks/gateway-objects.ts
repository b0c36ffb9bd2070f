import { condition, custom } from './custom-objects.ts';

/** What one controller says of a route at one parent. */
export function at(name: string, conditions: readonly object[], more: object = {}): object {
  return { parentRef: { name, ...more }, controllerName: 'example.io/controller', conditions };
}

export function route(
  parents: readonly object[],
  metadata: object = {},
  kind = 'HTTPRoute',
): object {
  return custom('gateway.networking.k8s.io/v1', kind, 'api', {
    metadata,
    spec: { rules: [{ backendRefs: [{ name: 'api', port: 80 }] }] },
    status: { parents },
  });
}

export const accepted = condition('Accepted', 'True', 'Accepted');
export const refused = condition('Accepted', 'False', 'NoMatchingListenerHostname', {
  message: 'no listener fits',
});
export const gateway = (name: string): object =>
  custom('gateway.networking.k8s.io/v1', 'Gateway', name, { status: { conditions: [accepted] } });
