/** Raw pods as an API server lists them: six labels, two containers with probes, five conditions, a service account's token. One in fifty has restarted, one in a hundred waits. */
export function manyPods(count: number): readonly object[] {
  return Array.from({ length: count }, (_, at) => rawPod(at));
}

const time = '2026-01-01T00:00:00Z';
const digest = '0123456789abcdef'.repeat(4);
const hash = '7d9c8b6f5d';

function rawPod(at: number): object {
  const id = String(at).padStart(5, '0');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `checkout-api-${hash}-${id}`,
      generateName: `checkout-api-${hash}-`,
      namespace: 'shop-production',
      uid: `2f1c7c1e-8a3b-4a53-9a55-0f0f6f3${id}`,
      resourceVersion: '123456789',
      generation: 1,
      creationTimestamp: time,
      labels: {
        'app.kubernetes.io/name': 'checkout-api',
        'app.kubernetes.io/instance': 'checkout',
        'app.kubernetes.io/version': '1.24.3',
        'app.kubernetes.io/component': 'backend',
        'helm.sh/chart': 'checkout-1.24.3',
        'pod-template-hash': hash,
      },
      annotations: { 'prometheus.io/scrape': 'true', 'checksum/config': digest },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `checkout-api-${hash}`,
          uid: '3a1c7c1e-8a3b-4a53-9a55-0f0f6f3f1f2f',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: [
        { manager: 'kubelet', operation: 'Update', time, fieldsV1: { 'f:status': {} } },
      ],
    },
    spec: {
      nodeName: `ip-10-0-${at % 250}-23.eu-central-1.compute.internal`,
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'checkout-api',
      priority: 0,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
      ],
      containers: [
        container('api', 'registry.example.com/shop/checkout-api:1.24.3', 8080),
        container('envoy', 'docker.io/envoyproxy/envoy:v1.31.2', 9901),
      ],
      volumes: [
        { name: 'config', configMap: { name: 'checkout-api-config', defaultMode: 420 } },
        { name: 'tls', secret: { secretName: 'checkout-api-tls', defaultMode: 420 } },
        { name: 'kube-api-access-x2x9q', projected: { sources: [{ serviceAccountToken: {} }] } },
      ],
    },
    status: statusOf(at),
  };
}

function container(name: string, image: string, port: number): object {
  const probe = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
  return {
    name,
    image,
    ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
    env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    livenessProbe: { httpGet: { path: '/live', port }, ...probe },
    readinessProbe: { httpGet: { path: '/ready', port }, ...probe },
    startupProbe: { httpGet: { path: '/ready', port }, ...probe, failureThreshold: 30 },
    volumeMounts: [{ name: 'config', mountPath: '/etc/checkout' }],
    imagePullPolicy: 'IfNotPresent',
  };
}

function statusOf(at: number): object {
  const waits = at % 100 === 99;
  const restarted = at % 50 === 25;
  const types = [
    'PodReadyToStartContainers',
    'Initialized',
    'Ready',
    'ContainersReady',
    'PodScheduled',
  ];
  return {
    phase: 'Running',
    hostIP: '10.0.1.2',
    podIP: '10.1.2.3',
    startTime: time,
    qosClass: 'Burstable',
    conditions: types.map((type) => ({
      type,
      status: waits && type.endsWith('Ready') ? 'False' : 'True',
      lastProbeTime: null,
      lastTransitionTime: time,
    })),
    containerStatuses: ['shop/checkout-api', 'envoyproxy/envoy'].map((image, place) => ({
      name: place === 0 ? 'api' : 'envoy',
      image: `registry.example.com/${image}:1.24.3`,
      imageID: `registry.example.com/${image}@sha256:${digest}`,
      containerID: `containerd://${digest}`,
      ready: !waits,
      started: true,
      restartCount: restarted ? 1 : 0,
      state: { running: { startedAt: time } },
      lastState: restarted
        ? { terminated: { exitCode: 143, reason: 'Error', finishedAt: time } }
        : {},
    })),
  };
}
