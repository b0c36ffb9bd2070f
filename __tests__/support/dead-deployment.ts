/** Deployment shop/api without a ready pod, and nothing else. */
export const deadDeployment = {
  Deployment: [
    {
      metadata: {
        name: 'api',
        namespace: 'shop',
        generation: 1,
        creationTimestamp: '2025-12-01T00:00:00Z',
      },
      spec: { replicas: 2, selector: { matchLabels: { app: 'api' } } },
      status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 0 },
    },
  ],
};
