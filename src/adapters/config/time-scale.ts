import { isLoopback } from '../../core/model/loopback.ts';

/** Highest factor by which the limits may be divided. */
const most = 1000;

/**
 * KUBE_VIGIL_TIME_SCALE, by which every time limit is divided: a switch for tests of the built program.
 * 1 unless every endpoint that will be asked (`urls`, defaults included) is on loopback.
 */
export function timeScale(
  env: { readonly [name: string]: string | undefined },
  urls: readonly string[],
): number {
  const { KUBE_VIGIL_TIME_SCALE: given = '1' } = env;
  const scale = Number(given);
  if (!(scale >= 1 && scale <= most)) return 1;
  return urls.every((url) => URL.canParse(url) && isLoopback(new URL(url).hostname)) ? scale : 1;
}
