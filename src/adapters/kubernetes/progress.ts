import { count } from '../../core/model/text.ts';
import { kindNames } from '../../core/objects/kinds.ts';
import type { Log } from '../../ports.ts';
import type { Scope } from './trouble.ts';

/** Tells how far the reading is: `k8s-analyzer: 7 of 16 kinds, 12 pages, 3,402 objects`. */
export function makeProgress(
  scopes: readonly Scope[],
  log: Log,
): { page(objects: number): void; done(scope: Scope): void } {
  const open = [...scopes];
  let pages = 0;
  let objects = 0;
  const tell = () => {
    const done = kindNames.filter((kind) => !open.some((scope) => scope.kind === kind)).length;
    const read = `${count(pages, 'page')}, ${objects.toLocaleString('en-US')} ${objects === 1 ? 'object' : 'objects'}`;
    log.progress(`k8s-analyzer: ${done} of ${kindNames.length} kinds, ${read}`);
  };
  return {
    page(number) {
      pages++;
      objects += number;
      tell();
    },
    done(scope) {
      open.splice(open.indexOf(scope), 1);
      tell();
    },
  };
}
