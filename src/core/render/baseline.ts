import type { AcceptedFinding } from '../model/catalog.ts';

const head = `# What is wrong now and accepted: from here on only what is new tells.
# Fill in who answers for it, why it is accepted, and until when (RFC 3339); an entry without these is reported.
# A catalog has one key \`accepted\`: where yours has it, put these entries below those that stand there.`;

/** Entries for the catalog as YAML, one key a line. Every value is written as JSON, which YAML reads as it is: names come from the cluster. */
export function baselineText(entries: readonly AcceptedFinding[]): string {
  if (entries.length === 0) return `${head}\naccepted: []\n`;
  return `${head}\naccepted:\n${entries.map(entryText).join('')}`;
}

function entryText({ check, reason, kind, namespace, name }: AcceptedFinding): string {
  const value = (text: string) => JSON.stringify(text);
  return [
    `  - check: ${value(check)}`,
    `    reason: ${value(reason)}`,
    `    kind: ${value(kind)}`,
    ...(namespace === null ? [] : [`    namespace: ${value(namespace)}`]),
    `    name: ${value(name)}`,
    '    owner:',
    '    why:',
    '    until:',
    '',
  ].join('\n');
}
