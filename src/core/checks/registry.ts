import { acmeFailed } from './acme-failed.ts';
import { addonDown } from './addon-down.ts';
import { admissionRejected } from './admission-rejected.ts';
import { apiserviceUnavailable } from './apiservice-unavailable.ts';
import { argoAppDegraded } from './argo-app-degraded.ts';
import { argoComparisonError } from './argo-comparison-error.ts';
import { argoSyncFailed } from './argo-sync-failed.ts';
import { certificateExpiring } from './certificate-expiring.ts';
import { certificateNotReady } from './certificate-not-ready.ts';
import { clusterOvercommit } from './cluster-overcommit.ts';
import { configError } from './config-error.ts';
import { containerExited } from './container-exited.ts';
import { containerStatusUnknown } from './container-status-unknown.ts';
import { crashLoop } from './crash-loop.ts';
import { createError } from './create-error.ts';
import { creatingStuck } from './creating-stuck.ts';
import { cronjobFailing } from './cronjob-failing.ts';
import { cronjobInvalid } from './cronjob-invalid.ts';
import { cronjobMissed } from './cronjob-missed.ts';
import { cronjobPileUp } from './cronjob-pile-up.ts';
import { csrPending } from './csr-pending.ts';
import { customResource } from './custom-resource.ts';
import { daemonsetMisplaced } from './daemonset-misplaced.ts';
import { daemonsetShort } from './daemonset-short.ts';
import { deadlineExceeded } from './deadline-exceeded.ts';
import type { Check } from './define.ts';
import { dependencyAtZero } from './dependency-at-zero.ts';
import { deploymentShort } from './deployment-short.ts';
import { envPortMismatch } from './env-port-mismatch.ts';
import { envServiceMissing } from './env-service-missing.ts';
import { evicted } from './evicted.ts';
import { extendedResourceLost } from './extended-resource-lost.ts';
import { externalSecretNotSynced } from './external-secret-not-synced.ts';
import { failedCreate } from './failed-create.ts';
import { fluxNotReady } from './flux-not-ready.ts';
import { gatewayNotProgrammed } from './gateway-not-programmed.ts';
import { generationMismatch } from './generation-mismatch.ts';
import { highRestarts } from './high-restarts.ts';
import { hpaMaxed } from './hpa-maxed.ts';
import { hpaMetrics } from './hpa-metrics.ts';
import { hpaTargetMissing } from './hpa-target-missing.ts';
import { imagePull } from './image-pull.ts';
import { ingressBackendMissing } from './ingress-backend-missing.ts';
import { ingressClassMissing } from './ingress-class-missing.ts';
import { ingressNoAddress } from './ingress-no-address.ts';
import { ingressTlsMissing } from './ingress-tls-missing.ts';
import { initFailing } from './init-failing.ts';
import { initOom } from './init-oom.ts';
import { initStuck } from './init-stuck.ts';
import { issuerNotReady } from './issuer-not-ready.ts';
import { jobFailed } from './job-failed.ts';
import { jobNotCompleted } from './job-not-completed.ts';
import { jobSidecarRunning } from './job-sidecar-running.ts';
import { lifecycleHook } from './lifecycle-hook.ts';
import { livenessFailing } from './liveness-failing.ts';
import { loadBalancerPending } from './load-balancer-pending.ts';
import { namespaceStuck } from './namespace-stuck.ts';
import { networkPolicyBlocks } from './network-policy-blocks.ts';
import { networkPolicyDns } from './network-policy-dns.ts';
import { newRevisionBroken } from './new-revision-broken.ts';
import { noScheduler } from './no-scheduler.ts';
import { nodeCordoned } from './node-cordoned.ts';
import { nodeFlapping } from './node-flapping.ts';
import { nodeLeaseStale } from './node-lease-stale.ts';
import { nodeNetworkUnavailable } from './node-network-unavailable.ts';
import { nodeNotInitialized } from './node-not-initialized.ts';
import { nodeNotReady } from './node-not-ready.ts';
import { nodePodsFull } from './node-pods-full.ts';
import { nodePressure } from './node-pressure.ts';
import { nodeProblem } from './node-problem.ts';
import { nodeRebooted } from './node-rebooted.ts';
import { nodeVersionSkew } from './node-version-skew.ts';
import { oomKilled } from './oom-killed.ts';
import { pausedDeployment } from './paused-deployment.ts';
import { pdbBlocksDrain } from './pdb-blocks-drain.ts';
import { pdbShort } from './pdb-short.ts';
import { pdbSyncFailed } from './pdb-sync-failed.ts';
import { podOnLostNode } from './pod-on-lost-node.ts';
import { preempted } from './preempted.ts';
import { pvFailed } from './pv-failed.ts';
import { pvReleased } from './pv-released.ts';
import { pvcLost } from './pvc-lost.ts';
import { pvcPending } from './pvc-pending.ts';
import { pvcResizeStuck } from './pvc-resize-stuck.ts';
import { pvcTerminating } from './pvc-terminating.ts';
import { quotaFull } from './quota-full.ts';
import { readinessFailing } from './readiness-failing.ts';
import { readinessGate } from './readiness-gate.ts';
import { resizeInfeasible } from './resize-infeasible.ts';
import { rolloutDegraded } from './rollout-degraded.ts';
import { rolloutStuck } from './rollout-stuck.ts';
import { routeNotAccepted } from './route-not-accepted.ts';
import { routeRefsUnresolved } from './route-refs-unresolved.ts';
import { sandboxFailed } from './sandbox-failed.ts';
import { scaleUpImpossible } from './scale-up-impossible.ts';
import { scaledObjectFailing } from './scaled-object-failing.ts';
import { schedulingGated } from './scheduling-gated.ts';
import { secretStoreNotReady } from './secret-store-not-ready.ts';
import { serviceNoEndpoints } from './service-no-endpoints.ts';
import { servicePortMismatch } from './service-port-mismatch.ts';
import { serviceSelectorMismatch } from './service-selector-mismatch.ts';
import { sidecarNotReady } from './sidecar-not-ready.ts';
import { snapshotError } from './snapshot-error.ts';
import { startError } from './start-error.ts';
import { startupFailing } from './startup-failing.ts';
import { statefulsetShort } from './statefulset-short.ts';
import { statefulsetUpdateStuck } from './statefulset-update-stuck.ts';
import { stuckTerminating } from './stuck-terminating.ts';
import { unmanagedFailed } from './unmanaged-failed.ts';
import { unschedulable } from './unschedulable.ts';
import { volumeAttach } from './volume-attach.ts';
import { volumeAttachmentError } from './volume-attachment-error.ts';
import { volumeMount } from './volume-mount.ts';
import { webhookBackendDown } from './webhook-backend-down.ts';

/** Every check, the strongest cause first: where two explain the same failure, the earlier one is its root. */
export const registry: readonly Check[] = [
  // Roots: what stands above workloads.
  nodeNotReady,
  nodeNotInitialized,
  nodeNetworkUnavailable,
  nodeProblem,
  nodePressure,
  extendedResourceLost,
  nodeFlapping,
  nodeLeaseStale,
  nodeRebooted,
  pvcLost,
  pvcPending,
  volumeAttachmentError,
  issuerNotReady,
  acmeFailed,
  secretStoreNotReady,
  externalSecretNotSynced,
  certificateNotReady,
  certificateExpiring,
  argoComparisonError,
  argoSyncFailed,
  fluxNotReady,
  gatewayNotProgrammed,
  routeNotAccepted,
  routeRefsUnresolved,
  apiserviceUnavailable,
  webhookBackendDown,
  quotaFull,
  networkPolicyBlocks,
  serviceSelectorMismatch,
  servicePortMismatch,
  dependencyAtZero,
  ingressClassMissing,
  ingressBackendMissing,
  // Causes: what keeps a workload's pods from serving.
  imagePull,
  configError,
  createError,
  volumeAttach,
  volumeMount,
  sandboxFailed,
  lifecycleHook,
  startError,
  initFailing,
  initOom,
  oomKilled,
  livenessFailing,
  crashLoop,
  containerExited,
  initStuck,
  jobSidecarRunning,
  unschedulable,
  failedCreate,
  cronjobInvalid,
  scaleUpImpossible,
  noScheduler,
  schedulingGated,
  stuckTerminating,
  deadlineExceeded,
  envServiceMissing,
  envPortMismatch,
  // Symptoms: that something does not serve.
  evicted,
  admissionRejected,
  preempted,
  podOnLostNode,
  sidecarNotReady,
  startupFailing,
  readinessFailing,
  readinessGate,
  creatingStuck,
  containerStatusUnknown,
  unmanagedFailed,
  highRestarts,
  jobFailed,
  jobNotCompleted,
  cronjobFailing,
  cronjobPileUp,
  cronjobMissed,
  addonDown,
  newRevisionBroken,
  rolloutStuck,
  deploymentShort,
  statefulsetUpdateStuck,
  statefulsetShort,
  daemonsetShort,
  daemonsetMisplaced,
  hpaMetrics,
  hpaTargetMissing,
  hpaMaxed,
  pdbShort,
  serviceNoEndpoints,
  networkPolicyDns,
  rolloutDegraded,
  scaledObjectFailing,
  customResource,
  argoAppDegraded,
  // Others: what stands by itself.
  pdbSyncFailed,
  pdbBlocksDrain,
  generationMismatch,
  pausedDeployment,
  loadBalancerPending,
  ingressTlsMissing,
  ingressNoAddress,
  namespaceStuck,
  pvcResizeStuck,
  pvcTerminating,
  pvFailed,
  pvReleased,
  snapshotError,
  csrPending,
  nodePodsFull,
  clusterOvercommit,
  nodeVersionSkew,
  nodeCordoned,
  resizeInfeasible,
];
