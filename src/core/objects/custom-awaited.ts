import { parseTime } from '../model/time.ts';
import type { CustomCondition } from './custom.ts';
import type { CustomRule } from './custom-rules.ts';
import { isTrue, type Trouble, troubleBy } from './custom-trouble.ts';

/**
 * Of the conditions that it must come to, the first that is still Unknown, since the step before it was done (RFC 3339).
 * `judged`: its conditions, and the field where each stands.
 */
export function awaitedTroubles(
  judged: readonly { readonly condition: CustomCondition; readonly at: string }[],
  { awaited = [] }: CustomRule,
): readonly Trouble[] {
  const steps = awaited.flatMap(
    (type) => judged.find(({ at }) => at === `status.conditions[${type}]`) ?? [],
  );
  const next = steps.findIndex(({ condition }) => !isTrue(condition));
  const step = steps[next];
  if (step?.condition.status !== 'Unknown') return [];
  const trouble = troubleBy(step.condition, step.at);
  const done = steps[next - 1]?.condition.lastTransitionTime ?? null;
  return [{ ...trouble, since: laterOf(trouble.since, done), failing: false }];
}

function laterOf(one: string | null, other: string | null): string | null {
  return (parseTime(other) ?? 0) > (parseTime(one) ?? 0) ? other : one;
}
