import { custom } from './custom-objects.ts';

/** An Application of Argo CD. */
export function application(status: object, metadata: object = {}): object {
  return custom('argoproj.io/v1alpha1', 'Application', 'shop', {
    metadata: { namespace: 'argocd', ...metadata },
    status,
  });
}
