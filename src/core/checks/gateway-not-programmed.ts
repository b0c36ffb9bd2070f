import { ofKinds } from '../objects/custom.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import type { Trouble } from '../objects/custom-trouble.ts';
import { troubleOf } from '../objects/custom-verdict.ts';
import { gatewayGroup } from '../objects/gateway-routes.ts';
import { defineCheck } from './define.ts';

export const gatewayNotProgrammed = defineCheck({
  meta: {
    id: 'gateway-not-programmed',
    title: 'Gateway or one of its listeners does not work',
    why: 'Routes that hang on it get no traffic, or no longer follow their specs.',
    likelyCauses: [
      'the gateway class does not exist, or its controller does not run',
      'the certificate of a listener is missing, or lies in a namespace that no ReferenceGrant opens',
      'two listeners claim the same port, or the port or protocol is not supported',
      'the load balancer has no address to give',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl get {resource} -A --field-selector metadata.name={name} -o yaml',
      'kubectl get gatewayclasses.gateway.networking.k8s.io',
    ],
    // The taxonomy's 5 min: a cloud load balancer takes some.
    defaults: { graceSeconds: 300 },
    docs: 'https://gateway-api.sigs.k8s.io/guides/implementers/#standard-status-fields-and-conditions',
    finds: {
      113: [
        'GatewayNotProgrammed',
        'GatewayNotAccepted',
        'GatewayRefsUnresolved',
        'ListenerFailed',
      ],
    },
    cause: { role: 'root', reason: 'GatewayNotProgrammed' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    for (const gateway of ofKinds(CustomResource, gatewayGroup, 'GatewayClass', 'Gateway')) {
      const trouble = troubleOf(gateway);
      if (trouble === undefined || !isRipe(gateway, trouble, thresholds.graceSeconds, now))
        continue;
      const reason = reasonOf(trouble);
      const { gatewayClassName } = gateway.spec ?? {};
      yield customSymptom(gateway, trouble, {
        reason,
        // Its other listeners, and what was programmed before, serve on.
        impact: reason === 'GatewayNotProgrammed' ? 'degraded' : 'at-risk',
        proof: {
          dependsOn:
            gatewayClassName === undefined
              ? []
              : [{ kind: 'GatewayClass', namespace: null, name: gatewayClassName }],
        },
      });
    }
  },
});

function reasonOf({ at, type }: Trouble): string {
  if (at.startsWith('status.listeners')) return 'ListenerFailed';
  if (type === 'Accepted') return 'GatewayNotAccepted';
  return type === 'ResolvedRefs' ? 'GatewayRefsUnresolved' : 'GatewayNotProgrammed';
}
