import * as z from 'zod';
import { Failure } from '../../core/model/failure.ts';
import type { Answer } from '../../core/model/question.ts';

/** Bounds that no honest answer of 6,000 tokens reaches; the wire's schema cannot say them. */
const prose = z.string().max(4000);
const word = z.string().max(100);
const ids = z.array(word).max(100);

/** Strict: a key that was not agreed (`"admin": true`) makes the answer unusable instead of passing unseen. */
const answerSchema = z.strictObject({
  incidents: z
    .array(
      z.strictObject({
        incident: word,
        severity: word,
        severity_evidence: ids,
        confidence: z.int(),
        should_notify: z.boolean(),
        affected_services: ids,
        cause_status: word,
        root_cause: z.strictObject({ text: prose, evidence: ids }),
        immediate_actions: z
          .array(z.strictObject({ text: prose, evidence: ids, verb: word, object: word }))
          .max(20),
        business_impact: prose,
      }),
    )
    .max(100),
}) satisfies z.ZodType<Answer>;

/** The part of the body that decides; a gateway may answer 200 with anything. */
const messageSchema = z.object({
  type: z.literal('message'),
  stop_reason: z.string().nullish(),
  stop_details: z.object({ category: z.string().nullish() }).nullish().catch(null),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
});

/** Reads a 200: body, stop reason, exactly one text, JSON, shape. Nothing is mended. Throws Failure CLAUDE_UNUSABLE without the answer's words in it. */
export function readAnswer(body: unknown): Answer {
  const message = messageSchema.safeParse(body).data;
  if (message === undefined) throw notTheApi();
  checkEnding(message.stop_reason ?? null, message.stop_details?.category ?? null);
  const texts = message.content.filter((block) => block.type === 'text');
  const text = texts[0]?.text;
  if (text === undefined || texts.length !== 1)
    throw unusable(`Claude answered with ${texts.length} texts where one was asked for`);
  return checkShape(parse(text));
}

/** A 200 that is no message: an HTML page, nothing, `null`, another API. */
export function notTheApi(): Failure {
  return new Failure('CLAUDE_UNUSABLE', 'What answered for Claude is not the Messages API', {
    hint: 'Configuration error: check ANTHROPIC_BASE_URL and any proxy on the way',
  });
}

function checkEnding(reason: string | null, category: string | null): void {
  if (reason === 'end_turn' || reason === 'stop_sequence') return;
  if (reason === 'max_tokens') throw unusable("Claude's answer was truncated");
  if (reason === 'refusal') throw unusable(`Claude refused to answer (${plainWord(category)})`);
  throw unusable(`Claude stopped for an unexpected reason (${plainWord(reason)})`);
}

function plainWord(text: string | null): string {
  return text !== null && /^[a-z_]{1,40}$/.test(text) ? text : 'not said why';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable("Claude's answer is not JSON");
  }
}

function checkShape(value: unknown): Answer {
  const result = answerSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = (issue?.path ?? []).join('.') || 'the whole';
  throw unusable(`Claude's answer has not the agreed shape (${at}: ${issue?.code})`);
}

function unusable(message: string): Failure {
  return new Failure('CLAUDE_UNUSABLE', message);
}
