import {
  type CustomCondition,
  type CustomResource,
  groupOf,
  restAnnotations,
  wordsOf,
} from './custom.ts';
import { type CustomRule, ruleFor } from './custom-rules.ts';
import { isTrue, type Trouble, wordTroubles } from './custom-trouble.ts';
import {
  isFailingMessage,
  isFinal,
  type Polarity,
  polarityOf,
  toneOfPhase,
  toneOfReason,
} from './custom-words.ts';

/** A condition, where it stands, and what its type promises. */
interface Judged {
  readonly condition: CustomCondition;
  readonly at: string;
  readonly polarity: Polarity;
}

/**
 * What its status says to be wrong, the worst first; undefined: it is well, on its way, resting, being deleted, or its status tells of an older spec.
 * Conventions of kstatus first (Ready, Stalled, Reconciling, observedGeneration), then those that operators share.
 */
export function troubleOf(resource: CustomResource): Trouble | undefined {
  const rule = ruleFor(groupOf(resource), resource.kind);
  if (rule.quiet !== undefined || resource.metadata?.deletionTimestamp !== undefined)
    return undefined;
  const judged = conditionsOf(resource, rule);
  if (isResting(resource, judged)) return undefined;
  const troubles = [
    ...judged.flatMap((each) => conditionTrouble(each, judged) ?? []),
    ...(isOld(resource) ? [] : wordTroubles(resource, rule)),
  ];
  const moving = isMoving(resource, judged);
  return troubles.filter(({ failing }) => failing || !moving).sort(worstFirst)[0];
}

/** Weight of what says why over what does not, and of a condition that bears a message over a word. */
function worstFirst(a: Trouble, b: Trouble): number {
  const weight = ({ by, failing, message }: Trouble) =>
    (failing ? 4 : 0) + (message === '' ? 0 : 2) + (by === 'final' ? 1 : 0);
  return weight(b) - weight(a);
}

/** Of its own status, its listeners, parents and ingresses, those that tell of the newest spec. */
function conditionsOf(resource: CustomResource, rule: CustomRule): readonly Judged[] {
  const { conditions, listeners, ancestors, ingress } = resource.status ?? {};
  const nested = [
    ...(listeners ?? []).map((each) => ({ name: `listeners[${each.name ?? ''}]`, each })),
    ...(ancestors ?? []).map((each) => ({
      name: `ancestors[${each.ancestorRef?.name ?? ''}]`,
      each,
    })),
    ...(ingress ?? []).map((each) => ({ name: `ingress[${each.host ?? ''}]`, each })),
  ].flatMap(({ name, each }) =>
    (each.conditions ?? []).map((condition) => ({
      condition,
      at: `status.${name}.conditions[${condition.type ?? ''}]`,
      // A part has no chief of its own: Admitted counts as one.
      polarity: condition.type === 'Admitted' ? ('good' as const) : undefined,
    })),
  );
  const own = (conditions ?? []).map((condition) => ({
    condition,
    at: `status.conditions[${condition.type ?? ''}]`,
    polarity: undefined,
  }));
  return [...own, ...nested]
    .filter(({ condition }) => isOfNewest(condition, resource))
    .map(({ condition, at, polarity }) => ({
      condition,
      at,
      polarity:
        polarity ?? rule.conditions?.[condition.type ?? ''] ?? polarityOf(condition.type ?? ''),
    }));
}

/** A condition may say which spec it tells of; else its status does. */
function isOfNewest({ observedGeneration }: CustomCondition, resource: CustomResource): boolean {
  if (observedGeneration === undefined) return !isOld(resource);
  return observedGeneration >= (resource.metadata?.generation ?? 0);
}

/** Whether the operator has not seen the newest spec yet. (Flux writes -1 for never, Argo Rollouts a text.) */
function isOld({ metadata, status }: CustomResource): boolean {
  const { observedGeneration, schedulerObservedGeneration } = status ?? {};
  const seen = Number(observedGeneration ?? schedulerObservedGeneration ?? Number.NaN);
  return seen >= 0 && seen < (metadata?.generation ?? 0);
}

function isResting({ metadata, spec, status, ...rest }: CustomResource, judged: readonly Judged[]) {
  const { suspend, suspended, paused, pause, running, runStrategy, powerState } = spec ?? {};
  if ([suspend, suspended, paused, pause].includes(true) || running === false) return true;
  if (runStrategy === 'Halted' || powerState === 'Hibernating') return true;
  if (restAnnotations.some((name) => isRest(name, metadata?.annotations?.[name]))) return true;
  if (judged.some(({ condition, polarity }) => polarity === 'rest' && isTrue(condition)))
    return true;
  return wordsOf({ metadata, spec, status, ...rest }).some(
    ({ text }) => toneOfPhase(text) === 'resting',
  );
}

/** What each annotation must say; those that only have to be there say anything but no. */
function isRest(name: string, value: string | undefined): boolean {
  if (value === undefined) return false;
  if (/(?:\/reconcile|\/reconciliation|\/managed)$/.test(name))
    return /^(?:disabled|false)$/.test(value);
  return value === '' ? name.endsWith('/paused') : !/^(?:false|off|no)$/.test(value);
}

/** Whether something says that it is on its way, has come to its end, or was scaled to nothing. */
function isMoving(resource: CustomResource, judged: readonly Judged[]): boolean {
  const moves = judged.some(
    ({ condition, polarity }) =>
      polarity === 'motion' && isTrue(condition) && !hasArrived(condition),
  );
  const waits = judged.some(
    ({ condition, polarity }) =>
      ['chief', 'good', 'part'].includes(polarity) &&
      isFalse(condition) &&
      toneOfReason(condition.reason ?? '') === 'moving',
  );
  const words = wordsOf(resource).map(({ text }) => toneOfPhase(text));
  const none = [resource.spec?.replicas, resource.status?.replicas].includes(0);
  return none || moves || waits || words.includes('moving') || words.includes('done');
}

/** `Progressing` stays True with a Deployment that has arrived; Flux says `ProgressingWithRetry` of what fails. */
function hasArrived({ reason = '' }: CustomCondition): boolean {
  return /Available$|Complete|Succeeded|UpToDate|WithRetry|AsExpected/.test(reason);
}

/** Prometheus' operator writes `Degraded` where others write False. */
function isFalse({ status }: CustomCondition): boolean {
  return status?.toLowerCase() === 'false' || status === 'Degraded';
}

function conditionTrouble(
  { condition, at, polarity }: Judged,
  all: readonly Judged[],
): Trouble | undefined {
  const { type = '', reason = '', message = '', severity } = condition;
  const tone = toneOfReason(reason);
  const byMessage = tone !== 'failing' && tone !== 'resting' && isFailingMessage(message);
  const found = (failing: boolean): Trouble => ({
    ...(byMessage ? { byMessage } : {}),
    by: isFinal(type) ? 'final' : 'condition',
    type,
    reason: reason === '' ? type : reason,
    message,
    at,
    since: condition.lastTransitionTime ?? condition.lastUpdateTime ?? null,
    failing,
  });
  if (polarity === 'bad')
    return isTrue(condition) && tone !== 'resting' && (tone !== 'moving' || isFinal(type))
      ? found(type !== 'NotReady' || tone === 'failing')
      : undefined;
  const failing = tone === 'failing' || severity === 'Error' || byMessage;
  if (polarity === 'end') return failing ? found(true) : undefined;
  // Unknown is on its way, unless the operator says that it could not find out.
  if (
    condition.status === 'Unknown' &&
    polarity !== 'mute' &&
    /^(?:CouldNot|Cannot|Failed|Unable|Error)/.test(reason)
  )
    return found(true);
  if (!isFalse(condition) || severity === 'Info') return undefined;
  // `Progressing` is False with a deadline that passed, CDI's `Running` with an error.
  if (polarity === 'motion') return failing ? found(true) : undefined;
  if (!failing && tone !== 'plain') return undefined;
  if (polarity === 'chief' || polarity === 'good') return found(failing);
  if (polarity !== 'part') return undefined;
  // Where something sums the parts up, a part only says why that is not well.
  const summed = all.filter((each) => each.polarity === 'chief');
  if (summed.length > 0)
    return failing && summed.some((each) => isFalse(each.condition)) ? found(true) : undefined;
  return failing || /(?:Ready|Available|Healthy)$/.test(type) ? found(failing) : undefined;
}
