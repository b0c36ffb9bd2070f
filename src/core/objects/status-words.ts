import {
  type CustomCondition,
  type CustomResource,
  conditionList,
  customShape,
  statusShape,
} from './custom.ts';
import { polarityOf, toneOfPhase } from './custom-words.ts';
import { perObject } from './remembered.ts';
import { keep } from './shape.ts';

/** Fields of a status that say in a word how it is, by those who have no conditions: `phase`, `PostgresClusterStatus`, one level deeper `ceph.health`. */
const wordName =
  /^(?!previous|old|desired|expected).*(?:phase|state|status|health|robustness|compliant)$/i;
/** Fields that hold the text of an error, or nothing. */
const errorName =
  /^(?:err(?:or)?s?|err(?:or)?_?(?:msg|message|text|description|details?)|failure(?:_?(?:message|reason|description))?|last_?\w*(?:error|failure)(?:_?message)?|[a-z]+Error(?:Message)?)$/i;
/** `2/3`. */
const ratioName = /(?:ready|replicas|available)$/i;
const ratio = /^\d{1,9}\/\d{1,9}$/;
/** Counts of what runs and has failed; what failed once and is over bears other names. */
const failedName =
  /^(?:failed|unhealthy|errored)_?(?:tasks?|instances|members|nodes|replicas|shards|clusters|targets|brokers)(?:_?count)?$/i;
/** What stands beside such a word and tells more of it. */
const besideWord = ['message', 'appliedMessage', 'lastTransitionTime', 'lastChanged'];
/** What lists and maps tell of the past, or of other objects. */
const pastName =
  /histor|previous|past|old|event|attempt|run|last|recent|log|ref|snapshot|backup|operation|job|step|revision|record|time|complet|delet|transition|nodes$|upgrade|measure|retr/i;
const labels = ['name', 'clusterName', 'cluster', 'branch', 'key', 'id', 'podName', 'host'];
/** A status has some twenty fields; one of thousands is a list by another name. */
const mostFields = 100;
/** Some of the members that fail tell as much as all. */
const mostMembers = 5;

/** Fields of one place in a status, by their names: the status itself, an object in it, or a member of a list or map that fails. */
interface Part {
  readonly at: readonly string[];
  readonly fields: readonly (readonly [string, string | number | boolean])[];
  /** Of a member, those that are not as they should be. */
  readonly conditions?: readonly object[];
  readonly isMember: boolean;
}

/** What is kept of one: its shape, and every word that says how it is. Lists become maps. */
export function keepCustom(raw: unknown, clean: (text: string) => string) {
  const kept = keep(customShape, raw, clean);
  if (kept === undefined) return undefined;
  const said = treeOf(partsOf((raw as { readonly status?: unknown }).status), clean);
  return { ...kept, status: { ...kept.status, ...said } };
}

interface Tree {
  readonly [name: string]: string | number | boolean | readonly object[] | Tree;
}

function treeOf(parts: readonly Part[], clean: (text: string) => string): Tree {
  const { fields = [], conditions = [] } = parts.find(({ at }) => at.length === 0) ?? {};
  const names = new Set(parts.flatMap(({ at: [first] }) => first ?? []));
  return Object.fromEntries([
    ...(conditions.length > 0 ? [['conditions', keep(conditionList, conditions, clean)]] : []),
    ...fields.map(([name, value]) => [
      clean(name),
      typeof value === 'string' ? clean(value) : value,
    ]),
    ...[...names].map((name) => {
      const inside = parts.filter(({ at }) => at[0] === name);
      const inner = inside.map((part) => ({ ...part, at: part.at.slice(1) }));
      return [clean(name), treeOf(inner, clean)];
    }),
  ]) as Tree;
}

function partsOf(status: unknown): readonly Part[] {
  const entries = entriesOf(status).filter(
    ([name, value]) =>
      !Object.hasOwn(statusShape.fields, name) || (name === 'error' && typeof value === 'string'),
  );
  const own = fieldsIn(entries);
  return [
    { at: [], fields: own, isMember: false },
    ...entries.flatMap(([name, value]) => {
      const inside = entriesOf(value);
      const fields = fieldsIn(inside);
      const tells = fields.some(([each]) => !besideWord.includes(each));
      const part = { at: [name], fields, isMember: false };
      return [...(tells ? [part] : []), ...membersOf([name], value), ...deeper(name, inside)];
    }),
  ].filter(({ fields, isMember }) => isMember || fields.length > 0);
}

function deeper(name: string, inside: ReturnType<typeof entriesOf>): readonly Part[] {
  if (pastName.test(name)) return [];
  return inside.flatMap(([each, value]) => membersOf([name, each], value));
}

/** Members of a list or a map that say of themselves that they fail. */
function membersOf(at: readonly string[], value: unknown): readonly Part[] {
  if (at.some((name) => name === 'conditions' || pastName.test(name))) return [];
  const members = Array.isArray(value)
    ? value.slice(0, mostFields).map((each, index) => [labelOf(each) ?? `${index}`, each] as const)
    : entriesOf(value);
  return members
    .flatMap(([label, member]) => {
      const fields = fieldsIn(entriesOf(member)).filter(
        ([name, text]) => besideWord.includes(name) || isFailingField(name, text),
      );
      const conditions = wrongConditions(member);
      const fails = fields.some(([name]) => !besideWord.includes(name)) || conditions.length > 0;
      return fails ? [{ at: [...at, label], fields, conditions, isMember: true }] : [];
    })
    .slice(0, mostMembers);
}

function isFailingField(name: string, value: string | number | boolean): boolean {
  if (name === 'applied') return value === false;
  return typeof value === 'string' && wordName.test(name) && toneOfPhase(value) === 'failing';
}

/** Those that are False and should not be, or the other way round; what else a member says of itself is its own. */
function wrongConditions(member: unknown): readonly object[] {
  const { conditions } = Object.fromEntries(entriesOf(member)) as { readonly conditions?: unknown };
  if (!Array.isArray(conditions)) return [];
  return conditions.slice(0, mostFields).filter((each: unknown): each is object => {
    const { type, status } = Object.fromEntries(entriesOf(each)) as CustomCondition;
    if (typeof type !== 'string' || typeof status !== 'string') return false;
    const polarity = polarityOf(type);
    if (status.toLowerCase() === 'true') return polarity === 'bad';
    return status.toLowerCase() === 'false' && ['chief', 'good', 'part'].includes(polarity);
  });
}

function labelOf(member: unknown): string | undefined {
  const entries = new Map(entriesOf(member));
  const found = labels.map((each) => entries.get(each)).find((each) => typeof each === 'string');
  return found as string | undefined;
}

/** Fields that say something of how it is, and what stands beside them. */
function fieldsIn(entries: ReturnType<typeof entriesOf>): Part['fields'] {
  return entries.filter(([name, value]) => {
    if (typeof value === 'number') return value > 0 && failedName.test(name);
    if (typeof value === 'boolean') return name === 'applied' && !value;
    if (typeof value !== 'string' || value === '') return false;
    if (besideWord.includes(name) || wordName.test(name) || errorName.test(name)) return true;
    return ratioName.test(name) && ratio.test(value);
  }) as unknown as Part['fields'];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).slice(0, mostFields);
}

/** A word, error, ratio or count of a status, where it stands, and since when, where it says so. */
export interface StatusWord {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly message: string | undefined;
  readonly since: string | undefined;
  /** Of one of several, not of the whole. */
  readonly isMember: boolean;
}

/** Asked some eight times of each resource. */
const partsIn = perObject(({ status }: CustomResource) => partsOf(status));

const saidBy = perObject((resource: CustomResource): readonly StatusWord[] =>
  partsIn(resource).flatMap(({ at, fields, isMember }) => {
    const beside = new Map(
      at.length === 0 ? [] : fields.filter(([name]) => besideWord.includes(name)),
    );
    const text = (name: string) => beside.get(name) as string | undefined;
    return fields.flatMap(([name, value]) => {
      if (besideWord.includes(name)) return [];
      return {
        path: pathOf(at, name, isMember),
        name,
        text: `${value}`,
        message: text('message') ?? text('appliedMessage'),
        since: text('lastTransitionTime') ?? text('lastChanged'),
        isMember,
      };
    });
  }),
);

function pathOf(at: readonly string[], name: string, isMember: boolean): string {
  if (!isMember) return ['status', ...at, name].join('.');
  const member = `${['status', ...at.slice(0, -1)].join('.')}[${at.at(-1) ?? ''}]`;
  return name === '' ? member : `${member}.${name}`;
}

/** Conditions of members that are not as they should be, and where they stand. */
export function memberConditionsOf(resource: CustomResource) {
  return partsIn(resource).flatMap(({ at, conditions = [], isMember }) =>
    isMember
      ? [{ at: pathOf(at, '', true), conditions: conditions as readonly CustomCondition[] }]
      : [],
  );
}

/** Every word that says how it is. */
export function wordsOf(resource: CustomResource): readonly StatusWord[] {
  return saidBy(resource).filter(({ name, text }) => wordName.test(name) && !ratio.test(text));
}

/** Texts of errors, flags that say no, counts of what failed and ratios: what words are not. */
export function troubledFieldsOf(resource: CustomResource): {
  readonly errors: readonly StatusWord[];
  readonly refused: readonly StatusWord[];
  readonly failed: readonly StatusWord[];
  readonly ratios: readonly StatusWord[];
} {
  const said = saidBy(resource);
  return {
    errors: said.filter(
      ({ name, text }) => errorName.test(name) && !wordName.test(name) && text !== 'false',
    ),
    refused: said.filter(({ name, isMember }) => name === 'applied' && isMember),
    failed: said.filter(({ name }) => failedName.test(name)),
    ratios: said.filter(({ text }) => ratio.test(text)),
  };
}
