import { parseTime } from '../model/time.ts';
import { type CustomCondition, type CustomResource, wordsOf } from './custom.ts';
import type { CustomRule } from './custom-rules.ts';
import { polarityOf, toneOfPhase } from './custom-words.ts';

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

export function isTrue({ status }: CustomCondition): boolean {
  return status?.toLowerCase() === 'true';
}

/** What words of a status, texts of errors and flags say to be wrong. */
export function wordTroubles(resource: CustomResource, rule: CustomRule): readonly Trouble[] {
  const {
    errorMessage,
    failureReason,
    failureMessage,
    message = '',
    phaseReason = '',
    reason = '',
  } = resource.status ?? {};
  const said = [message, phaseReason, reason].find((each) => each !== '') ?? '';
  const trouble = (type: string, at: string, text: string, since: string | null): Trouble => ({
    by: 'word',
    type,
    reason: type,
    message: text,
    at,
    since,
    failing: true,
  });
  const words = wordsOf(resource)
    .filter(({ text }) => isFailing(text, rule))
    .map((word) =>
      trouble(word.text, word.path, word.message ?? said, word.since ?? endOf(resource)),
    );
  const final = failureReason ?? failureMessage ?? errorMessage ?? '';
  if (final !== '' && !isWell(resource))
    words.push(
      trouble(
        failureReason ?? 'an error',
        failureMessage === undefined ? 'status.errorMessage' : 'status.failureMessage',
        failureMessage ?? final,
        null,
      ),
    );
  const flags = (['applied', 'healthy'] as const).filter(
    (name) => resource.status?.[name] === false && resource.status.observedGeneration !== undefined,
  );
  return [...words, ...flags.map((name) => trouble(`not ${name}`, `status.${name}`, said, null))];
}

/** Operators leave the last error standing when all is well again. */
function isWell({ status }: CustomResource): boolean {
  const ready = status?.conditions?.filter(({ type = '' }) => polarityOf(type) === 'chief') ?? [];
  return ready.length > 0 && ready.every(isTrue);
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
