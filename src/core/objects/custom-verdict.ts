import { type CustomCondition, type CustomResource, groupOf, restAnnotations } from './custom.ts';
import { awaitedTroubles } from './custom-awaited.ts';
import { type CustomRule, ruleFor } from './custom-rules.ts';
import { isTrue, type Trouble, troubleBy, wordTroubles } from './custom-trouble.ts';
import {
  isFailingMessage,
  isFinal,
  isPlainFailure,
  type Polarity,
  polarityOf,
  type Tone,
  tellsFailure,
  toneOfPhase,
  toneOfReason,
} from './custom-words.ts';
import { memberConditionsOf, wordsOf } from './status-words.ts';

/** A condition, where it stands, and what its type promises. */
interface Judged {
  readonly condition: CustomCondition;
  readonly at: string;
  readonly polarity: Polarity;
  /** Of a member of a list or map that nothing here knows: what it waits for says nothing of the whole. */
  readonly isMember: boolean;
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
    ...awaitedTroubles(judged, rule),
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

/** Of its own status, its listeners, parents, ingresses and other members, those that tell of the newest spec. */
function conditionsOf(resource: CustomResource, rule: CustomRule): readonly Judged[] {
  const { conditions = [], listeners, ancestors, ingress } = resource.status ?? {};
  const nested = [
    ...(listeners ?? []).map((each) => ({ name: `listeners[${each.name ?? ''}]`, each })),
    ...(ancestors ?? []).map((each) => ({
      name: `ancestors[${each.ancestorRef?.name ?? ''}]`,
      each,
    })),
    ...(ingress ?? []).map((each) => ({ name: `ingress[${each.host ?? ''}]`, each })),
  ].map(({ name, each }) => ({ at: `status.${name}`, conditions: each.conditions ?? [] }));
  return [
    ...[{ at: 'status', conditions }, ...nested].flatMap((each) =>
      each.conditions
        .filter((condition) => isOfNewest(condition, resource))
        .map((condition) => judgedAt(each.at, condition, rule)),
    ),
    ...memberConditionsOf(resource).flatMap((each) =>
      // Its generation is the member's own, and no other condition sums it up.
      each.conditions.map((condition) => ({
        ...judgedAt(each.at, condition, rule),
        polarity: isTrue(condition) ? ('bad' as const) : ('good' as const),
        isMember: true,
      })),
    ),
  ];
}

function judgedAt(place: string, condition: CustomCondition, rule: CustomRule): Judged {
  const { type = '' } = condition;
  // A part has no chief of its own: Admitted counts as one.
  const isAdmitted = place !== 'status' && type === 'Admitted';
  return {
    condition,
    at: `${place}.conditions[${type}]`,
    polarity: isAdmitted ? 'good' : (rule.conditions?.[type] ?? polarityOf(type)),
    isMember: false,
  };
}

/** A condition may say which spec it tells of; else its status does. */
function isOfNewest({ observedGeneration }: CustomCondition, resource: CustomResource): boolean {
  if (observedGeneration === undefined) return !isOld(resource);
  return observedGeneration >= (resource.metadata?.generation ?? 0);
}

/** Whether the operator has not seen the newest spec yet. (Flux writes -1 for never, Argo Rollouts a text.) */
function isOld({ metadata, status }: CustomResource): boolean {
  const { observedGeneration, schedulerObservedGeneration, lastEvaluatedGeneration } = status ?? {};
  const told = observedGeneration ?? schedulerObservedGeneration ?? lastEvaluatedGeneration;
  const seen = Number(told ?? Number.NaN);
  return seen >= 0 && seen < (metadata?.generation ?? 0);
}

function isResting(resource: CustomResource, judged: readonly Judged[]): boolean {
  const { metadata, spec } = resource;
  const { suspend, suspended, paused, pause, running, runStrategy, powerState } = spec ?? {};
  if ([suspend, suspended, paused, pause].includes(true) || running === false) return true;
  if (runStrategy === 'Halted' || powerState === 'Hibernating') return true;
  if (restAnnotations.some((name) => isRest(name, metadata?.annotations?.[name]))) return true;
  if (judged.some(({ condition, polarity }) => polarity === 'rest' && isTrue(condition)))
    return true;
  return wordsOf(resource).some(({ text }) => toneOfPhase(text) === 'resting');
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
    ({ condition, polarity, isMember }) =>
      !isMember &&
      ['chief', 'good', 'part'].includes(polarity) &&
      isFalse(condition) &&
      toneOfCondition(condition) === 'moving',
  );
  const words = wordsOf(resource).map(({ text }) => toneOfPhase(text));
  const none = [resource.spec?.replicas, resource.status?.replicas].includes(0);
  return none || moves || waits || words.includes('moving') || words.includes('done');
}

/** What is missing may be on its way, where the message begins with that. */
function toneOfCondition({ reason = '', message = '' }: CustomCondition): Tone {
  const isAwaited = /^\W{0,3}(?:still )?(?:waiting|pending)\b/i.test(message);
  return isAwaited && !isPlainFailure(reason) ? 'moving' : toneOfReason(reason);
}

function isChiefFalse(all: readonly Judged[]): boolean {
  return all.some((each) => each.polarity === 'chief' && isFalse(each.condition));
}

/** It says no why, and all that it sums up is well: it was not yet summed up. */
function isOnlySummary(condition: CustomCondition, all: readonly Judged[]): boolean {
  const { reason = '', message = '' } = condition;
  if (reason !== '' || message !== '') return false;
  const parts = all.filter(
    (each) => each.condition !== condition && ['chief', 'good', 'part'].includes(each.polarity),
  );
  return parts.length > 0 && parts.every((each) => isTrue(each.condition));
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
  const tone = toneOfCondition(condition);
  const says = isFailingMessage(message) || (polarity === 'chief' && tellsFailure(message));
  const byMessage = tone !== 'failing' && tone !== 'resting' && says;
  const found = (failing: boolean): Trouble => ({
    ...(byMessage ? { byMessage } : {}),
    ...troubleBy(condition, at),
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
    (/^(?:CouldNot|Cannot|Failed|Unable|Error)/.test(reason) ||
      (byMessage && !/^unknown/i.test(message)))
  )
    return found(true);
  // Of a type that says nothing, or of a motion that is held up.
  if (isTrue(condition) && ['mute', 'motion'].includes(polarity) && isPlainFailure(reason))
    return found(true);
  if (!isFalse(condition) || severity === 'Info') return undefined;
  // `Progressing` is False with a deadline that passed, CDI's `Running` with an error.
  if (polarity === 'motion') return failing ? found(true) : undefined;
  if (!failing && tone !== 'plain') return undefined;
  if (polarity === 'chief' && !failing && isOnlySummary(condition, all)) return undefined;
  if (polarity === 'chief' || polarity === 'good') return found(failing);
  const isSummed = all.some((each) => each.polarity === 'chief');
  // Of a type that says nothing, where no other says how it is.
  if (polarity === 'mute') return !isSummed && isPlainFailure(reason) ? found(true) : undefined;
  if (polarity !== 'part') return undefined;
  // Where something sums the parts up, a part only says why that is not well.
  if (isSummed) return failing && isChiefFalse(all) ? found(true) : undefined;
  return failing || /(?:Ready|Available|Healthy)$/.test(type) ? found(failing) : undefined;
}
