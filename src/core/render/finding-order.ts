import { impacts } from '../model/finding.ts';
import type { ReportedFinding } from '../model/report.ts';

/** As people read them: the worst impact first, known issues last, otherwise as they were found. */
export function worstFirst(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const place = ({ known, impact }: ReportedFinding) =>
    (known === null ? 0 : impacts.length) + impacts.indexOf(impact);
  return findings.toSorted((a, b) => place(a) - place(b));
}
