import type { Assessments, Decision } from '../model/decision.ts';
import type { Finding } from '../model/finding.ts';
import { countingFindings, type Incident, type Observation } from '../model/incident.ts';

/** The contract's object, to the letter: what is decided when nobody could decide. */
export function conservativeDefault(observation: Observation): Decision {
  const counting = observation.findings.filter(({ known }) => known === null);
  return {
    severity: 'SEV-2',
    confidence: 50,
    shouldNotify: true,
    affectedServices: servicesOf(counting),
    rootCause: 'Unable to assess escalation, conservative default',
    immediateActions: ['Manual review required'],
    businessImpact: 'Potential incident detected',
    by: 'conservative-default',
  };
}

function servicesOf(findings: readonly Finding[]): readonly string[] {
  const names = [...new Set(findings.flatMap(({ service }) => service ?? []))];
  return names.length > 0 ? names : ['unknown'];
}

/**
 * Every incident's decision after a failure, and the whole stage's.
 * `floors` null: the stage itself failed, every incident gets the default (a known one tells nobody).
 * Else Claude failed: those in `asked` get the default, at the policy's severity where that is SEV-1; the others keep
 * the policy's. `asked` null stands for all of them.
 */
export function fallenBack(
  observation: Observation,
  floors: { readonly [fingerprint: string]: Decision | undefined } | null,
  asked: readonly string[] | null,
): Assessments {
  const entries = observation.incidents.map((incident): [string, Decision | undefined] => {
    const { fingerprint } = incident;
    const floor = floors?.[fingerprint];
    const keeps = floor !== undefined && asked !== null && !asked.includes(fingerprint);
    return [fingerprint, keeps ? floor : defaultFor(incident, observation, floor)];
  });
  const loudest = Object.values(floors ?? {}).find((floor) => floor?.severity === 'SEV-1');
  return {
    byFingerprint: Object.fromEntries(entries),
    fallback: { ...conservativeDefault(observation), ...loudnessOf(loudest) },
    trouble: null,
  };
}

function defaultFor(
  incident: Incident,
  observation: Observation,
  floor: Decision | undefined,
): Decision {
  const findings = countingFindings(incident, observation);
  const own = { ...conservativeDefault(observation), affectedServices: servicesOf(findings) };
  if (incident.known !== null) return { ...own, severity: 'SEV-3', shouldNotify: false };
  return { ...own, ...loudnessOf(floor) };
}

/** Our one deviation from "always SEV-2", and only ever louder. */
function loudnessOf(floor: Decision | undefined): { readonly severity?: 'SEV-1' } {
  return floor?.severity === 'SEV-1' ? { severity: 'SEV-1' } : {};
}
