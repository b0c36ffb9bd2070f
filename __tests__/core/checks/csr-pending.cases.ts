import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const serving = 'kubernetes.io/kubelet-serving';
const client = 'kubernetes.io/kube-apiserver-client-kubelet';

const request = (
  name: string,
  more: { readonly spec?: object; readonly metadata?: object; readonly status?: object } = {},
) => ({
  metadata: { name, creationTimestamp: ago(60), ...more.metadata },
  spec: { signerName: serving, username: 'system:node:node-b', ...more.spec },
  status: { ...more.status },
});
const quiet = (name: string, ...requests: readonly object[]): Case => ({
  name: `quiet: ${name}`,
  objects: { CertificateSigningRequest: requests },
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'two nodes wait for their serving certificates: one approver is missing',
    objects: {
      CertificateSigningRequest: [
        request('csr-1'),
        request('csr-2', { metadata: { creationTimestamp: ago(90) } }),
        request('csr-3', { spec: { username: 'system:node:node-a' } }),
      ],
    },
    expect: [
      {
        reason: 'KubeletServingCertificatePending',
        impact: 'at-risk',
        since: ago(90),
        object: { kind: 'Node', namespace: null, name: 'node-a' },
        proof: { node: 'node-a', sinceExact: true },
        says: ['3 certificate requests of 2 nodes (node-a, node-b)', serving, 'csr-2', 'Pending'],
      },
    ],
  },
  {
    name: 'a bootstrap token waits for its client certificate',
    objects: {
      CertificateSigningRequest: [
        request('csr-9', { spec: { signerName: client, username: 'system:bootstrap:abcdef' } }),
      ],
    },
    expect: [
      {
        reason: 'KubeletClientCertificatePending',
        object: { kind: 'CertificateSigningRequest', name: 'csr-9' },
        says: ['1 certificate request of 1 kubelet', 'is Pending'],
      },
    ],
  },
  ...['Approved', 'Denied', 'Failed'].map((type) =>
    quiet(type, request('csr-1', { status: { conditions: [{ type, status: 'True' }] } })),
  ),
  quiet('a quarter of an hour old', request('csr-1', { metadata: { creationTimestamp: ago(15) } })),
  quiet('another signer', request('csr-1', { spec: { signerName: 'example.com/mesh' } })),
  quiet('being deleted', request('csr-1', { metadata: { deletionTimestamp: ago(1) } })),
];
