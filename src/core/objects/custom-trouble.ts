import { parseTime } from '../model/time.ts';
import type { CustomCondition, CustomResource } from './custom.ts';
import { standingOf } from './custom-counts.ts';
import type { CustomRule } from './custom-rules.ts';
import {
  isFailingMessage,
  isFinal,
  polarityOf,
  tellsFailure,
  toneOfPhase,
} from './custom-words.ts';
import { type StatusWord, troubledFieldsOf, wordsOf } from './status-words.ts';

/** What is wrong with one custom resource, by its own status. */
export interface Trouble {
  /** `condition`: False where it should be True, or the other way round. `final`: no waiting mends it. `word`: a phase. */
  readonly by: 'condition' | 'final' | 'word';
  /** `Ready`, `Stalled`; a phase's own word. */
  readonly type: string;
  /** The operator's reason, or its word. */
  readonly reason: string;
  readonly message: string;
  /** `status.conditions[Ready]`. */
  readonly at: string;
  /** Its own transition time; null where it says none. */
  readonly since: string | null;
  /** Names the failure; else it only says that something is not there yet. */
  readonly failing: boolean;
  /** Its message had to be read to know. */
  readonly byMessage?: boolean;
}

/** What an error in words is called. */
export const anError = 'an error';

export function isTrue({ status }: CustomCondition): boolean {
  return status?.toLowerCase() === 'true';
}

/** What a condition says, wherever it stands. */
export function troubleBy(condition: CustomCondition, at: string): Omit<Trouble, 'failing'> {
  const { type = '', reason = '', message = '' } = condition;
  return {
    by: isFinal(type) ? 'final' : 'condition',
    type,
    reason: reason === '' ? type : reason,
    message,
    at,
    since: condition.lastTransitionTime ?? condition.lastUpdateTime ?? null,
  };
}

/** What words of a status, texts of errors, counts and flags say to be wrong. */
export function wordTroubles(resource: CustomResource, rule: CustomRule): readonly Trouble[] {
  const { message = '', phaseReason = '', reason = '' } = resource.status ?? {};
  const said = [message, phaseReason, reason].find((each) => each !== '') ?? '';
  const words = wordsOf(resource)
    .filter(({ text }) => isFailing(text, rule))
    .map((word) => ({
      ...troubleAt(word, word.text, word.message ?? (word.isMember ? '' : said)),
      since: word.since ?? endOf(resource),
      failing: !word.isMember,
    }));
  const flags = (['applied', 'healthy'] as const)
    .filter(
      (name) =>
        resource.status?.[name] === false && resource.status.observedGeneration !== undefined,
    )
    .map((name) => troubleAt({ path: `status.${name}` }, `not ${name}`, said));
  const { isWell, isServing } = wellnessOf(resource);
  return [
    ...words,
    ...flags,
    ...(isWell ? [] : countTroubles(resource)),
    ...(isWell || isServing ? [] : errorTroubles(resource)),
  ];
}

function troubleAt({ path }: Pick<StatusWord, 'path'>, type: string, message: string): Trouble {
  return { by: 'word', type, reason: type, message, at: path, since: null, failing: true };
}

/** Errors in words. Operators leave the last one standing when all is well again. */
function errorTroubles(resource: CustomResource): readonly Trouble[] {
  const { errorMessage, failureReason, failureMessage, message = '' } = resource.status ?? {};
  const final = failureReason ?? failureMessage ?? errorMessage ?? '';
  const at = failureMessage === undefined ? 'status.errorMessage' : 'status.failureMessage';
  const type = failureReason ?? anError;
  const errors = troubledFieldsOf(resource).errors.filter(({ text }) => !isNothing(text));
  const told = [
    ...(final === '' ? [] : [troubleAt({ path: at }, type, failureMessage ?? final)]),
    ...errors.map((error) => ({
      ...troubleAt(error, anError, error.text),
      since: error.since ?? null,
      // The last one may be mended by now.
      failing: !/last/i.test(error.name),
    })),
  ];
  // What failed may be on its way again, but for what tells of nothing else.
  const failing = tellsFailure(message);
  if (told.length > 0 || !(failing || isFailingMessage(message))) return told;
  const trouble = troubleAt({ path: 'status.message' }, anError, message);
  return [{ ...trouble, failing, byMessage: true }];
}

/** What it counts: those that failed, and that none serves. */
function countTroubles(resource: CustomResource): readonly Trouble[] {
  const { refused, failed, ratios } = troubledFieldsOf(resource);
  const { ready, desired = 0 } = standingOf(resource);
  const none = ready?.count === 0 && desired > 0 ? [{ ...ready, desired }] : [];
  return [
    ...refused.map((word) => troubleAt(word, word.text, word.message ?? '')),
    ...failed.map((word) => troubleAt(word, word.text, '')),
    ...ratios
      .filter(({ text }) => /^0\/[1-9]/.test(text))
      .map((word) => noneServes(word.path, word.text)),
    ...none.map(({ field }) => noneServes(`status.${field}`, `0 of ${desired}`)),
  ];
}

/** None of its instances serves, and nothing says why: it may be on its way. */
function noneServes(at: string, text: string): Trouble {
  const type = `${at.replace('status.', '')} ${text}`;
  return { by: 'condition', type, reason: type, message: '', at, since: null, failing: false };
}

/** Whether all that sums it up says so; where nothing does, whether some word says that it serves. */
function wellnessOf(resource: CustomResource) {
  const { conditions = [] } = resource.status ?? {};
  const chiefs = conditions.filter(({ type = '' }) => polarityOf(type) === 'chief');
  const words = wordsOf(resource).map(({ text }) => toneOfPhase(text));
  return {
    isWell: chiefs.length > 0 && chiefs.every(isTrue),
    isServing: chiefs.length === 0 && (words.includes('well') || words.includes('done')),
  };
}

function isNothing(text: string): boolean {
  return /^\W*(?:|none|null|nil|no ?errors?|success(?:ful|fully)?|ok|0)\W*$/i.test(text);
}

function isFailing(word: string, { failing = [], calm = [] }: CustomRule): boolean {
  return failing.includes(word) || (toneOfPhase(word) === 'failing' && !calm.includes(word));
}

/** When it ended, or last changed, where a status says so. */
export function endOf({ status }: CustomResource): string | null {
  const { completionTime, completionTimestamp, finishedAt, stoppedAt, lastTransitionTime } =
    status ?? {};
  const told = [completionTime, completionTimestamp, finishedAt, stoppedAt, lastTransitionTime];
  return told.find((each) => parseTime(each) !== null) ?? null;
}
