import type { Evidence } from '../model/finding.ts';
import type { Condition } from './meta.ts';

/** A condition as evidence: status, reason and message. */
export function conditionEvidence({ type, status, reason, message }: Condition): Evidence {
  const text = [status, reason, message].filter((part) => part !== undefined).join(' ');
  return { source: 'field', at: `status.conditions[${type}]`, text };
}
