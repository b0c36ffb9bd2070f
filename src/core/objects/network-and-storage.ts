import { condition, metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

/** Addresses that a load balancer or an ingress controller has published. */
const published = fields({ ingress: list(fields({ ip: 'text', hostname: 'text' })) });

export const serviceShape = fields({
  metadata,
  spec: fields({
    type: 'text',
    selector: map('text'),
    clusterIP: 'text',
    loadBalancerClass: 'text',
    publishNotReadyAddresses: 'flag',
    ports: list(
      fields({ name: 'text', protocol: 'text', port: 'number', targetPort: 'textOrNumber' }),
    ),
  }),
  status: fields({ loadBalancer: published }),
});
export type Service = Kept<typeof serviceShape>;

export const endpointSliceShape = fields({
  metadata,
  endpoints: list(fields({ conditions: fields({ ready: 'flag' }) })),
  /** Of the Service's ports those that its pods have; a named target port that none has is not among them. */
  ports: list(fields({ name: 'text' })),
});
export type EndpointSlice = Kept<typeof endpointSliceShape>;

const backend = fields({
  service: fields({ name: 'text', port: fields({ name: 'text', number: 'number' }) }),
});
export const ingressShape = fields({
  metadata,
  spec: fields({
    ingressClassName: 'text',
    defaultBackend: backend,
    rules: list(
      fields({ host: 'text', http: fields({ paths: list(fields({ path: 'text', backend })) }) }),
    ),
    tls: list(fields({ hosts: list('text'), secretName: 'text' })),
  }),
  status: fields({ loadBalancer: published }),
});
export type Ingress = Kept<typeof ingressShape>;

export const ingressClassShape = fields({ metadata });

export const labelSelector = fields({
  matchLabels: map('text'),
  matchExpressions: list(fields({ key: 'text', operator: 'text', values: list('text') })),
});
export type LabelSelector = Kept<typeof labelSelector>;
/** An empty selector and an address block leave an empty peer, which is read as: everybody. */
const peers = list(fields({ podSelector: labelSelector, namespaceSelector: labelSelector }));
const policyPorts = list(fields({ protocol: 'text', port: 'textOrNumber', endPort: 'number' }));
export const networkPolicyShape = fields({
  metadata,
  spec: fields({
    podSelector: labelSelector,
    policyTypes: list('text'),
    ingress: list(fields({ from: peers, ports: policyPorts })),
    egress: list(fields({ to: peers, ports: policyPorts })),
  }),
});
export type NetworkPolicy = Kept<typeof networkPolicyShape>;

export const claimShape = fields({
  metadata,
  spec: fields({
    storageClassName: 'text',
    volumeName: 'text',
    accessModes: list('text'),
    resources: fields({ requests: map('textOrNumber') }),
  }),
  status: fields({
    phase: 'text',
    conditions: list(condition),
    allocatedResourceStatuses: map('text'),
  }),
});
export type PersistentVolumeClaim = Kept<typeof claimShape>;

export const volumeShape = fields({
  metadata,
  spec: fields({
    storageClassName: 'text',
    persistentVolumeReclaimPolicy: 'text',
    claimRef: fields({ namespace: 'text', name: 'text' }),
    csi: fields({ driver: 'text' }),
  }),
  status: fields({
    phase: 'text',
    reason: 'text',
    message: 'text',
    lastPhaseTransitionTime: 'text',
  }),
});
export type PersistentVolume = Kept<typeof volumeShape>;

export const storageClassShape = fields({
  metadata,
  provisioner: 'text',
  volumeBindingMode: 'text',
});
export type StorageClass = Kept<typeof storageClassShape>;

const volumeError = fields({ time: 'text', message: 'text' });
export const volumeAttachmentShape = fields({
  metadata,
  spec: fields({
    attacher: 'text',
    nodeName: 'text',
    source: fields({ persistentVolumeName: 'text' }),
  }),
  status: fields({ attached: 'flag', attachError: volumeError, detachError: volumeError }),
});
export type VolumeAttachment = Kept<typeof volumeAttachmentShape>;

export const autoscalerShape = fields({
  metadata,
  spec: fields({
    minReplicas: 'number',
    maxReplicas: 'number',
    scaleTargetRef: fields({ kind: 'text', name: 'text' }),
  }),
  status: fields({
    currentReplicas: 'number',
    desiredReplicas: 'number',
    lastScaleTime: 'text',
    conditions: list(condition),
  }),
});
export type HorizontalPodAutoscaler = Kept<typeof autoscalerShape>;

export const disruptionBudgetShape = fields({
  metadata,
  spec: fields({
    minAvailable: 'textOrNumber',
    maxUnavailable: 'textOrNumber',
    selector: labelSelector,
  }),
  status: fields({
    observedGeneration: 'number',
    currentHealthy: 'number',
    desiredHealthy: 'number',
    disruptionsAllowed: 'number',
    expectedPods: 'number',
    conditions: list(condition),
  }),
});
export type PodDisruptionBudget = Kept<typeof disruptionBudgetShape>;
