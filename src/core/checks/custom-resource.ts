import { groupBy } from '../model/group.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { type CustomResource, groupOf } from '../objects/custom.ts';
import { customRef, isBuiltInGroup } from '../objects/custom-names.ts';
import { runsOf } from '../objects/custom-runs.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import type { Trouble } from '../objects/custom-trouble.ts';
import { troubleOf } from '../objects/custom-verdict.ts';
import { controllerOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const customResource = defineCheck({
  meta: {
    id: 'custom-resource',
    title: 'Custom resource is not well',
    why: 'The operator that stands behind it says in its status that it cannot bring it to what its spec asks for.',
    likelyCauses: [
      'what it stands on is missing or not ready: a secret, a volume, a quota, a cloud API',
      'its spec asks for what the operator refuses',
      'the pods behind it do not become ready',
      'the operator lacks rights, or its webhook or backend cannot be reached',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl get {resource} -A --field-selector metadata.name={name} -o yaml',
      'kubectl -n {namespace} get events --sort-by=.lastTimestamp',
    ],
    // As kubernetes-mixin waits for pods and workloads: operators retry, and most mend within it.
    defaults: { graceSeconds: 900 },
    docs: 'https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md',
    finds: {
      94: ['CustomResourceNotReady'],
      125: [
        'CustomResourceNotReady',
        'CustomResourceStalled',
        'CustomResourceDegraded',
        'CustomResourceFailed',
      ],
    },
    cause: { role: 'symptom', reason: 'CustomResourceNotReady' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    const runs = runsOf(CustomResource, now);
    const troubled = CustomResource.flatMap((resource) => {
      if (isJudgedElsewhere(resource)) return [];
      const trouble = troubleOf(resource);
      if (trouble === undefined || !isRipe(resource, trouble, thresholds.graceSeconds, now))
        return [];
      return runs.concerns(resource, trouble.since) ? [{ resource, trouble }] : [];
    });
    const children = groupBy(troubled, ({ resource }) => ownerOf(resource));
    for (const { resource, trouble } of troubled) {
      const made = children.get(nameIn(groupOf(resource), resource.kind, resource.metadata?.name));
      yield customSymptom(resource, trouble, {
        reason: reasonOf(trouble),
        proof: {
          dependsOn: [
            ...refsOf(made?.map((each) => each.resource) ?? [], resource),
            ...nodeOf(resource),
          ],
        },
      });
    }
  },
});

/** Kinds with a check of their own, and those of Kubernetes itself. */
const elsewhere: { readonly [group: string]: readonly string[] | undefined } = {
  'cert-manager.io': ['Certificate', 'Issuer', 'ClusterIssuer'],
  'acme.cert-manager.io': ['Order', 'Challenge'],
  'argoproj.io': ['Application', 'Rollout'],
  'external-secrets.io': [
    'ExternalSecret',
    'ClusterExternalSecret',
    'SecretStore',
    'ClusterSecretStore',
  ],
  'bitnami.com': ['SealedSecret'],
  'gateway.networking.k8s.io': [
    'GatewayClass',
    'Gateway',
    'HTTPRoute',
    'GRPCRoute',
    'TLSRoute',
    'TCPRoute',
    'UDPRoute',
  ],
  'keda.sh': ['ScaledObject', 'ScaledJob'],
};

function isJudgedElsewhere(resource: CustomResource): boolean {
  const group = groupOf(resource);
  if (isBuiltInGroup(group) || group.endsWith('.toolkit.fluxcd.io')) return true;
  return elsewhere[group]?.includes(resource.kind) === true;
}

function reasonOf({ by, type, failing }: Trouble): string {
  if (by === 'word') return 'CustomResourceFailed';
  if (by === 'final') return type === 'Stalled' ? 'CustomResourceStalled' : 'CustomResourceFailed';
  return failing && /Degraded$/.test(type) ? 'CustomResourceDegraded' : 'CustomResourceNotReady';
}

/** Group, kind and name tell an owner; its namespace is the object's, or none. */
function nameIn(group: string, kind: string, name = ''): string {
  return `${kind}.${group}/${name}`;
}

function ownerOf(resource: CustomResource): string {
  const owner = controllerOf(resource);
  if (owner?.kind === undefined) return '';
  return nameIn(groupOf({ apiVersion: owner.apiVersion ?? '' }), owner.kind, owner.name);
}

/** The node that it stands for, once there is one. */
function nodeOf({ status }: CustomResource): readonly ObjectRef[] {
  const name = status?.nodeName ?? status?.nodeRef?.name ?? '';
  return name === '' ? [] : [{ kind: 'Node', namespace: null, name }];
}

/** What it made, in its own namespace or anywhere where it lies in none. */
function refsOf(made: readonly CustomResource[], maker: CustomResource): readonly ObjectRef[] {
  const home = maker.metadata?.namespace;
  return made
    .filter(({ metadata }) => home === undefined || metadata?.namespace === home)
    .map(customRef)
    .sort((a, b) => compareText(keyOf(a), keyOf(b)))
    .slice(0, 20);
}
