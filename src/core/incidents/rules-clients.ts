import type { Finding } from '../model/finding.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { remembering } from '../objects/remembered.ts';
import { beganAfter, comesFrom, failureOf, type Rule, type Scene } from './scene.ts';

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

/** A client whose environment names a Service that does not exist, or that had nobody left behind it before the client began to fail: likely for that reason. */
export function clientsIn(scene: Scene): Rule {
  const downAt = remembering((service) => downBehind(service, scene));
  return (finding) => {
    if (!meets.includes(finding.check) || finding.object.kind !== 'Pod') return undefined;
    const behind = scene.around
      .addressesOf(finding.workload)
      .flatMap((service) => downAt(service) ?? [])
      .filter(({ workload }) => keyOf(workload) !== keyOf(finding.workload))
      .filter((down) => beganAfter(finding, down) === true);
    return comesFrom(wrongAddress(finding, scene) ?? behind.sort(scene.order)[0]);
  };
}

/** What is found of its workload's own template: an address that no Service has. */
function wrongAddress({ workload }: Finding, scene: Scene): Finding | undefined {
  return scene.on(workload).find(({ cause, proof }) => {
    const named = [proof.missing, ...(proof.dependsOn ?? [])];
    return cause.role === 'cause' && named.some((ref) => ref?.kind === 'Service');
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
