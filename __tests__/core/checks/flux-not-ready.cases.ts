import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const kustomization = (conditions: readonly object[], spec: object = {}, metadata: object = {}) =>
  custom('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'shop', {
    metadata,
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'fleet', namespace: 'flux-system' },
      ...spec,
    },
    status: { conditions },
  });
const source = { kind: 'GitRepository', namespace: 'flux-system', name: 'fleet' };
const failed = condition('Ready', 'False', 'BuildFailed', { message: 'kustomize build failed' });

export const cases: readonly Case[] = [
  seen(
    'a Kustomization',
    [
      kustomization([failed, condition('Reconciling', 'True', 'ProgressingWithRetry')], {
        dependsOn: [{ name: 'infra' }, { name: 'base', namespace: 'far' }],
      }),
    ],
    {
      object: { kind: 'Kustomization', namespace: 'shop', name: 'shop' },
      reason: 'FluxNotReady',
      impact: 'at-risk',
      since: ago(60),
      says: ['BuildFailed', 'kustomize build failed'],
      proof: {
        resource: 'kustomization.kustomize.toolkit.fluxcd.io',
        dependsOn: [
          source,
          { kind: 'Kustomization', namespace: 'shop', name: 'infra' },
          { kind: 'Kustomization', namespace: 'far', name: 'base' },
        ],
      },
    },
  ),
  seen(
    'what did not become healthy',
    [
      kustomization([
        condition('Ready', 'False', 'HealthCheckFailed', {
          message:
            "health check failed after 30s: timeout waiting for: [Deployment/shop/api status: 'InProgress']",
        }),
      ]),
    ],
    { proof: { dependsOn: [source, { kind: 'Deployment', namespace: 'shop', name: 'api' }] } },
  ),
  seen(
    'a HelmRelease of a chart',
    [
      custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'db', {
        spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } } },
        status: { conditions: [condition('Ready', 'False', 'UpgradeFailed')] },
      }),
    ],
    { proof: { dependsOn: [{ kind: 'HelmRepository', namespace: 'shop', name: 'charts' }] } },
  ),
  seen(
    'a HelmRelease by reference',
    [
      custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'db', {
        spec: { chartRef: { kind: 'OCIRepository', name: 'db', namespace: 'flux-system' } },
        status: { conditions: [condition('Ready', 'False', 'UpgradeFailed')] },
      }),
    ],
    { proof: { dependsOn: [{ kind: 'OCIRepository', namespace: 'flux-system', name: 'db' }] } },
  ),
  seen(
    'a source',
    [
      custom('source.toolkit.fluxcd.io/v1', 'GitRepository', 'fleet', {
        status: { conditions: [condition('Ready', 'False', 'GitOperationFailed')] },
      }),
    ],
    {
      object: { kind: 'GitRepository' },
    },
  ),
  seen(
    'stalled is told at once',
    [kustomization([condition('Stalled', 'True', 'InvalidSpec', { since: ago(1) })])],
    { reason: 'FluxStalled' },
  ),
  quiet('T13: suspended', kustomization([failed], { suspend: true })),
  quiet(
    'within the grace time',
    kustomization([condition('Ready', 'False', 'BuildFailed', { since: ago(10) })]),
  ),
  quiet(
    'it reconciles',
    kustomization([
      condition('Ready', 'Unknown', 'Progressing'),
      condition('Reconciling', 'True', 'Progressing'),
    ]),
  ),
  quiet(
    'T32',
    kustomization(
      [condition('Ready', 'False', 'BuildFailed', { observedGeneration: 1 })],
      {},
      { generation: 2 },
    ),
  ),
  quiet('T33', kustomization([failed], {}, { deletionTimestamp: ago(1) })),
  quiet(
    'another group',
    custom('acme.example/v1', 'Kustomization', 'x', { status: { conditions: [failed] } }),
  ),
];
