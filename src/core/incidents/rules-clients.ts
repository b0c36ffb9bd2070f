import type { Finding } from '../model/finding.ts';
import { isSame, keyOf, type ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import { conditionOf } from '../objects/meta.ts';
import { isReady } from '../objects/pod.ts';
import { templateHashOf } from '../objects/pod-questions.ts';
import { remembering } from '../objects/remembered.ts';
import { beganAfter, failureOf, type Rule, type Scene } from './scene.ts';

/** What a container does that cannot reach what it needs. */
const meets = [
  'crash-loop',
  'container-exited',
  'init-failing',
  'init-stuck',
  'readiness-failing',
  'startup-failing',
  'liveness-failing',
  'high-restarts',
];
/** Exit codes of what the container did to itself: it was done, its command was not to be run, it broke a rule of memory, processor or arithmetic. */
const ownEnds = [0, 126, 127, 132, 135, 136, 139];

/**
 * A client whose environment names a Service that does not exist, or that had nobody left behind it before the client began to fail:
 * likely for that reason, unless its own words, its exit code or a pod of it that is ready say otherwise.
 */
export function clientsIn(scene: Scene): Rule {
  const downAt = remembering((service) => downBehind(service, scene));
  return (finding) => {
    const { check, object, workload, proof } = finding;
    if (!meets.includes(check) || object.kind !== 'Pod') return undefined;
    if (proof.exitCode !== undefined && ownEnds.includes(proof.exitCode)) return undefined;
    const said = saidBy(finding, scene);
    const wrong = wrongAddress(finding, said, scene);
    if (wrong !== undefined) return { from: wrong, guess: true };
    const behind = scene.around
      .addressesOf(workload)
      .filter((service) => mayMean(service, said))
      .flatMap((service) => downAt(service) ?? [])
      .filter((down) => keyOf(down.workload) !== keyOf(workload))
      .filter((down) => beganAfter(finding, down) === true && !servesWithout(down, finding, scene));
    const down = behind.sort(scene.order)[0];
    return down === undefined ? undefined : { from: down, guess: true };
  };
}

/** What containers of its template wrote last, where that was read. */
function saidBy({ check, workload, proof }: Finding, scene: Scene): readonly Finding[] {
  return scene
    .onWorkload(workload)
    .filter(
      (each) =>
        each.proof.lastWords !== undefined &&
        each.check === check &&
        each.proof.container === proof.container &&
        each.proof.templateHash === proof.templateHash,
    );
}

/** Whether last words leave it possible that this Service is why: they know of no other reason, speak of nobody else, and where nobody knows them name it. */
function mayMean(service: ObjectRef, said: readonly Finding[]): boolean {
  return said.every(({ evidence, proof }) => {
    const { line = '', reason, elsewhere } = proof.lastWords ?? {};
    if (reason === undefined) {
      const logged = evidence.filter(({ source }) => source === 'log').map(({ text }) => text);
      return [line, ...logged].some((text) => names(text, service.name));
    }
    const named = (proof.dependsOn ?? []).filter(({ kind }) => kind === 'Service');
    const isAnother = named.length > 0 && !named.some((each) => isSame(each, service));
    return /^Dependency/.test(reason) && elsewhere !== true && !isAnother;
  });
}

function names(text: string, service: string): boolean {
  return text
    .toLowerCase()
    .split(/[^a-z0-9-]+/)
    .includes(service);
}

/** What is found of its workload's own template: an address that no Service has. */
function wrongAddress(
  { workload }: Finding,
  said: readonly Finding[],
  scene: Scene,
): Finding | undefined {
  return scene.on(workload).find(({ cause, proof }) => {
    const named = [proof.missing, ...(proof.dependsOn ?? [])];
    const [service] = named.filter((ref) => ref?.kind === 'Service');
    return cause.role === 'cause' && service !== undefined && mayMean(service, said);
  });
}

/** Whether a pod of the same workload is ready though this is down: one of another revision, or one that became so since. */
function servesWithout(down: Finding, { workload, proof }: Finding, scene: Scene): boolean {
  const began = parseTime(down.since);
  return scene.around.topology.podsOf(workload).some((pod) => {
    if (!isReady(pod)) return false;
    const since = parseTime(conditionOf(pod, 'Ready')?.lastTransitionTime);
    const isLater = began !== null && since !== null && since > began;
    return isLater || templateHashOf(pod) !== proof.templateHash;
  });
}

/** What is wrong with a Service that nobody serves: with the pods behind it, else with itself. */
function downBehind(service: ObjectRef, scene: Scene): Finding | undefined {
  const own = scene.on(service).find(({ impact }) => impact === 'outage');
  const behind = scene.around
    .selectedBy(service)
    .filter((workload) => scene.around.topology.standingOf(workload)?.ready === 0)
    .flatMap((workload) => failureOf(workload, scene, true) ?? []);
  return behind.sort(scene.order)[0] ?? own;
}
