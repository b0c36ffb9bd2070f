import { Failure } from '../../core/model/failure.ts';
import { cut } from '../../core/model/text.ts';
import { sayDuration } from '../../core/model/time.ts';
import { notTheApi } from './answer.ts';

/** What a failure is told about, and what must not be in its words. */
export interface Attempt {
  readonly model: string;
  readonly host: string;
  /** ms */
  readonly limit: number;
  /** The deadline passed. */
  readonly late: boolean;
  /** The key and everything that was sent. */
  readonly sent: readonly string[];
}

/** Passing troubles of the service. 409 is a conflict of its own making. */
const passing = new Set([408, 409, 429, 500, 502, 503, 504, 529]);

/** Error codes of a spending limit: waiting does not help. */
const spent = new Set(['enforced_spend_limit_reached', 'contract_spend_limit_reached']);

/**
 * Milliseconds to wait before the one retry; null: a retry does not help.
 * `pause` where the service does not say how long.
 */
export function retryWait(error: unknown, pause: number, now: number): number | null {
  const status = numberOf(error, 'status');
  if (status === null) return isConnection(error) ? pause : null;
  if (!passing.has(status) || isSpent(error) || header(error, 'x-should-retry') === 'false')
    return null;
  return Math.max(pause, retryAfter(header(error, 'retry-after'), now));
}

/** Milliseconds, from seconds or a date; 0 where it says nothing. */
function retryAfter(text: string | null, now: number): number {
  if (text === null) return 0;
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}

/** A refused or cut connection, or a body that is not the JSON it says; not a redirect, which would come again. */
function isConnection(error: unknown): boolean {
  const chain = causes(error);
  if (chain.some(({ message }) => message.includes('redirect'))) return false;
  const name = chain[0]?.name;
  return name === 'APIConnectionError' || name === 'TypeError' || name === 'SyntaxError';
}

/** One plain sentence; the hint is set where the user must mend something: key, billing, budget, model, address. */
export function sayTrouble(error: unknown, attempt: Attempt): Failure {
  if (error instanceof Failure) return error;
  if (attempt.late) return unusable(`Claude gave no answer within ${sayLimit(attempt.limit)}`);
  const status = numberOf(error, 'status');
  if (status !== null) return ofStatus(status, error, attempt);
  return ofConnection(error, attempt);
}

function ofStatus(status: number, error: unknown, attempt: Attempt): Failure {
  const said = `(HTTP ${status}${typeOf(error)})`;
  switch (status) {
    case 401:
      return unusable(`Claude refused the key ${said}`, keyHint);
    case 402:
      return unusable(`Claude refused for the account's billing ${said}`, billingHint);
    case 403:
      return unusable(`Claude does not let this key ask ${attempt.model} ${said}`, keyHint);
    case 404:
      return unusable(`${attempt.host} knows no model ${attempt.model} ${said}`, modelHint);
    case 413:
      return unusable(`Claude found the evidence too large ${said}`);
    case 429:
      return isSpent(error)
        ? unusable(`The budget for Claude is used up ${said}`, budgetHint)
        : unusable(`Claude is asked too often ${said}`);
  }
  if (status >= 500) return unusable(`Claude is out of order or overloaded ${said}`);
  return unusable(`Claude refused the request ${said}${quote(error, attempt)}`);
}

const keyHint =
  'Configuration error: put a valid key into anthropic-api-key (ANTHROPIC_API_KEY on the command line)';
const billingHint = "Configuration error: mend the billing of the key's Anthropic account";
const budgetHint = "Configuration error: raise the spending limit of the key's Anthropic account";
const modelHint = 'Configuration error: check the model and ANTHROPIC_BASE_URL';

function ofConnection(error: unknown, attempt: Attempt): Failure {
  const chain = causes(error);
  if (chain[0]?.name === 'SyntaxError') return notTheApi();
  if (chain.some(({ message }) => message.includes('redirect')))
    return unusable(
      `${attempt.host} sent the question elsewhere, and it was not followed`,
      'Configuration error: set ANTHROPIC_BASE_URL to the address itself',
    );
  const code = chain.map(({ code }) => (typeof code === 'string' ? code : '')).find(isCode);
  return unusable(`Claude cannot be reached at ${attempt.host} (${code ?? 'connection lost'})`);
}

function isCode(text: string): boolean {
  return /^[A-Z][A-Z0-9_]{2,40}$/.test(text);
}

/** The server's own words on a refused request, unless they repeat what was sent: then nothing. */
function quote(error: unknown, attempt: Attempt): string {
  const words = textOf(error, 'apiMessage');
  if (words === null) return '';
  const short = cut(words.replace(/[\p{C}\s]+/gu, ' ').trim(), 200);
  return repeats(words.slice(0, 2000), attempt.sent) ? '' : `: ${short}`;
}

/** Whether twelve characters in a row of `words` were sent. */
function repeats(words: string, sent: readonly string[]): boolean {
  for (let at = 0; at + 12 <= words.length; at += 1) {
    const piece = words.slice(at, at + 12);
    if (sent.some((text) => text.includes(piece))) return true;
  }
  return false;
}

function typeOf(error: unknown): string {
  const type = textOf(error, 'type');
  return type !== null && /^[a-z_]{1,40}$/.test(type) ? `, ${type}` : '';
}

function isSpent(error: unknown): boolean {
  return spent.has(textOf(error, 'errorCode') ?? '');
}

function sayLimit(limit: number): string {
  return limit < 1000 ? `${limit} ms` : sayDuration(limit / 1000);
}

/** The error and what caused it, at most four deep. */
function causes(error: unknown): Thrown[] {
  const chain: Thrown[] = [];
  for (let at = error; isThrown(at) && chain.length < 4; at = at.cause) chain.push(at);
  return chain;
}

interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** By its looks: `instanceof Error` is false for what fetch throws where the code runs in a context of its own (a test, a plugin). */
function isThrown(value: unknown): value is Thrown {
  return typeof field(value, 'name') === 'string' && typeof field(value, 'message') === 'string';
}

function header(error: unknown, name: string): string | null {
  const headers = field(error, 'headers');
  return headers instanceof Headers ? headers.get(name) : null;
}

function numberOf(error: unknown, name: string): number | null {
  const value = field(error, name);
  return typeof value === 'number' ? value : null;
}

function textOf(error: unknown, name: string): string | null {
  const value = field(error, name);
  return typeof value === 'string' ? value : null;
}

/** The SDK's error classes are not imported, because the SDK is only loaded when there is something to ask. */
function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : null;
}

function unusable(message: string, hint = ''): Failure {
  return new Failure('CLAUDE_UNUSABLE', message, { hint });
}
