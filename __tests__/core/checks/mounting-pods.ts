import { ago, conditions, deployment, event, pod, type RawPod, status, traps } from './pods.ts';
import type { Case } from './suite.ts';
import { waitingPod } from './waiting-pods.ts';

/** The cases' pod, which waits for volumes of every kind. */
export const mountingPod = (since = ago(10)): RawPod => {
  const base = waitingPod('ContainerCreating', undefined, { conditions: conditions({ since }) });
  return pod(base, {
    spec: {
      volumes: [
        { name: 'creds', secret: { secretName: 'db' } },
        { name: 'config', configMap: { name: 'api-config' } },
        { name: 'data', persistentVolumeClaim: { claimName: 'data-0' } },
        { name: 'media', persistentVolumeClaim: { claimName: 'media-0' } },
        { name: 'tmp' },
      ],
    },
  });
};

export const boundClaim = (name: string, volumeName: string, namespace = 'shop'): object => ({
  metadata: { namespace, name },
  spec: { volumeName },
});

/** What holds of every event about a volume. */
export const volumeEventCases = (reason: string, text: string): readonly Case[] => {
  const told = (more: object = {}): object => event(reason, text, more);
  const bad = mountingPod();
  return [
    {
      name: 'beside enough others',
      objects: { Pod: [bad], Event: [told()], Deployment: [deployment(1, 1)] },
      expect: [{ impact: 'at-risk' }],
    },
    {
      name: 'quiet: it may heal',
      objects: { Pod: [mountingPod(ago(4))], Event: [told()] },
      expect: [],
    },
    {
      name: 'quiet: the event is old',
      objects: { Pod: [bad], Event: [told({ lastTimestamp: ago(61) })] },
      expect: [],
    },
    {
      name: "quiet: another pod's event",
      objects: { Pod: [bad], Event: [told({ involvedObject: { uid: 'uid-0' } })] },
      expect: [],
    },
    {
      name: 'quiet: recovered, with its old event',
      objects: {
        Pod: [pod(status({ ready: true, state: { running: { startedAt: ago(5) } } }))],
        Event: [told()],
      },
      expect: [],
    },
    ...traps(bad, { Event: [told()] }),
  ];
};
