import { groupBy } from '../model/group.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { type CustomResource, ofKinds } from './custom.ts';
import { referred } from './custom-names.ts';
import type { Trouble } from './custom-trouble.ts';
import { controllerOf } from './meta.ts';

/** The issuer that a Certificate, Order or Challenge names, where it is one of cert-manager's own. */
export function issuerOf({ spec, metadata }: CustomResource): readonly ObjectRef[] {
  const { group = 'cert-manager.io' } = spec?.issuerRef ?? {};
  const namespace = metadata?.namespace ?? null;
  const issuer = referred(spec?.issuerRef, { kind: 'Issuer', namespace });
  return issuer === undefined || group !== 'cert-manager.io' ? [] : [issuer];
}

/** The Secret that a Certificate fills. */
export function secretOf({ spec, metadata }: CustomResource): readonly ObjectRef[] {
  const { secretName } = spec ?? {};
  if (secretName === undefined) return [];
  return [{ kind: 'Secret', namespace: metadata?.namespace ?? null, name: secretName }];
}

/** What an Order or Challenge says of its own failure: a state, and a reason in prose beside it. Undefined: it goes on, or is valid. */
export function acmeTrouble(object: CustomResource): Trouble | undefined {
  const { state = '', reason = '' } = (object.status ?? {}) as { state?: string; reason?: string };
  const bad = ['invalid', 'errored', 'expired'].includes(state);
  if (!bad || object.metadata?.deletionTimestamp !== undefined) return undefined;
  const said = { by: 'word', type: state, reason: state, message: reason } as const;
  return { ...said, at: 'status.state', since: null, failing: true };
}

/** Failed Orders and Challenges by key of the Certificate that they work for: through their owners, a CertificateRequest between. */
export function failuresByCertificate(
  resources: readonly CustomResource[],
): ReadonlyMap<string, readonly CustomResource[]> {
  const group = 'acme.cert-manager.io';
  const links = [...ofKinds(resources, 'cert-manager.io'), ...ofKinds(resources, group)];
  const byName = new Map(links.map((each) => [ownKey(each.kind, each), each]));
  const certificateOf = (object: CustomResource): string => {
    let at: CustomResource | undefined = object;
    // Challenge, Order, CertificateRequest, Certificate.
    for (let step = 0; step < 4 && at !== undefined; step++) {
      const owner = controllerOf(at);
      if (owner?.kind === 'Certificate') return keyIn(at.metadata?.namespace, owner.name);
      const named: string =
        owner?.kind === undefined
          ? ''
          : `${owner.kind}/${keyIn(at.metadata?.namespace, owner.name)}`;
      at = byName.get(named);
    }
    return '';
  };
  const failed = ofKinds(resources, group)
    .filter((each) => acmeTrouble(each) !== undefined)
    .sort((a, b) => compareText(ownKey(a.kind, a), ownKey(b.kind, b)));
  return groupBy(failed, certificateOf);
}

export function keyIn(namespace: string | undefined, name: string | undefined): string {
  return `${namespace ?? ''}/${name ?? ''}`;
}

function ownKey(kind: string, { metadata }: CustomResource): string {
  return `${kind}/${keyIn(metadata?.namespace, metadata?.name)}`;
}
