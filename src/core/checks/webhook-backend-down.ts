import type { Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { keyOf, nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import {
  type Backend,
  backendOf,
  refusesPods,
  type Webhook,
  type WebhookConfiguration,
} from '../objects/admission.ts';
import { servicesByRef } from '../objects/dependencies.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { unreadyMembers } from '../objects/members.ts';
import { podsByLabels } from '../objects/selection.ts';
import { hasReady, leadsToPods, slicesOf } from '../objects/service-pods.ts';
import { servicePorts } from '../objects/service-ports.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const webhookBackendDown = defineCheck({
  meta: {
    id: 'webhook-backend-down',
    title: 'Nobody answers an admission webhook that must answer',
    why: 'The API server refuses whatever the webhook would be asked about: new pods, releases, even repairs.',
    likelyCauses: [
      'no pod of the webhook is ready',
      'what served it was removed, and its configuration was left',
    ],
    commands: [
      'kubectl get {kind} {name} -o yaml',
      'kubectl delete {kind} {name} # changes the cluster',
    ],
    // A restart in place is over by then.
    defaults: { graceSeconds: 120 },
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy',
    finds: { 116: ['WebhookServiceMissing', 'WebhookNoEndpoints', 'WebhookPortMissing'] },
    cause: { role: 'root', reason: 'WebhookBackendDown' },
  },
  needs: ['Service', 'EndpointSlice'],
  helps: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'Pod', 'Namespace'],
  *judge(objects, { now, thresholds, topology }) {
    for (const kind of kinds)
      for (const [ref, configuration] of living(kind, objects[kind]))
        for (const webhooks of byBackend(configuration)) {
          const [first] = webhooks;
          const backend = first === undefined ? undefined : backendOf(first);
          if (backend === undefined || !isVisible(backend, topology)) continue;
          const down = faultOf(backend, configuration, objects);
          if (down !== undefined && isOlder(down.since, thresholds.graceSeconds, now))
            yield symptomOf(ref, webhooks, backend, down, objects);
        }
  },
});

const kinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const;
type Seen = Pick<Objects, 'Service' | 'EndpointSlice' | 'Pod' | 'Namespace'>;

/** Webhooks without which nothing is admitted, those of one Service and port together. */
function byBackend({ webhooks = [] }: WebhookConfiguration): readonly (readonly Webhook[])[] {
  const strict = webhooks.filter(({ failurePolicy = 'Fail' }) => failurePolicy === 'Fail');
  const groups = groupBy(strict, (webhook) => {
    const backend = backendOf(webhook);
    return backend === undefined ? '' : `${keyOf(backend.service)}:${backend.port}`;
  });
  return [...groups.values()];
}

/** A Service that could not be read is not missing. */
function isVisible({ service }: Backend, topology: Topology): boolean {
  return (
    topology.read('Service', service.namespace) && topology.read('EndpointSlice', service.namespace)
  );
}

interface Fault {
  readonly reason: string;
  readonly says: string;
  readonly since: string | null;
  readonly exact: boolean;
}

function faultOf(
  { service, port }: Backend,
  { metadata }: WebhookConfiguration,
  objects: Seen,
): Fault | undefined {
  const found = servicesByRef(objects.Service).get(service);
  const since = metadata?.creationTimestamp ?? null;
  const name = `Service ${nameOf(service)}`;
  if (found === undefined)
    return { reason: 'WebhookServiceMissing', says: `${name} does not exist`, since, exact: false };
  if (found.spec?.type === 'ExternalName') return undefined;
  const ports = servicePorts(found);
  if (ports.length > 0 && !ports.some((each) => each.port === port))
    return {
      reason: 'WebhookPortMissing',
      says: `${name} has no port ${port}`,
      since: found.metadata?.creationTimestamp ?? since,
      exact: false,
    };
  if (slicesOf(objects.EndpointSlice, service).some(hasReady)) return undefined;
  const pods = leadsToPods(found)
    ? podsByLabels(objects.Pod).carrying(service.namespace, found.spec?.selector ?? {})
    : [];
  const unready = unreadyMembers(pods);
  // A pod that is ready while no slice says so has become ready a moment ago.
  if (unready.length < pods.length) return undefined;
  const last = [...unready].sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? 1 : -1))[0];
  return {
    reason: 'WebhookNoEndpoints',
    says: `${name} has no ready endpoint`,
    since: last?.since ?? found.metadata?.creationTimestamp ?? null,
    exact: last?.exact ?? false,
  };
}

function symptomOf(
  ref: ObjectRef,
  webhooks: readonly Webhook[],
  { service }: Backend,
  { reason, says, since, exact }: Fault,
  { Namespace: namespaces }: Seen,
): Symptom {
  const names = webhooks.flatMap(({ name }) => name ?? []).sort();
  const refuses = webhooks.some((each) => refusesPods(each, service.namespace, namespaces));
  const what = refuses ? 'no new pod is admitted' : 'what they match is refused';
  return {
    object: ref,
    reason,
    impact: refuses ? 'outage' : 'degraded',
    since,
    message: `Webhook ${names.slice(0, 2).join(', ')} cannot be called: ${says}, and with failurePolicy Fail ${what} (${ref.kind} ${ref.name})`,
    evidence: [
      { source: 'field', at: 'webhooks[].clientConfig.service', text: nameOf(service) },
      { source: 'field', at: 'webhooks[].failurePolicy', text: 'Fail' },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: exact,
      dependsOn: [...names.map((name) => ({ kind: 'Webhook', namespace: null, name })), service],
    },
  };
}
