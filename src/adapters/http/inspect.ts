import type { Limits } from '../../core/model/limits.ts';
import { silenceOf } from '../../core/model/network.ts';
import { lacks, type Probe } from '../../core/model/probe.ts';

/** What is asked, and what must be done by hand because asking more would send something. */
export interface Address {
  readonly what: string;
  /** Safe to ask; only its host is. The path is a secret, and to ask for it may count as a message. */
  readonly url: string;
  /** How a person learns the rest. */
  readonly rest: string;
}

/** Whether anything answers at the host. Never throws; no part of the URL is in what it says. */
export async function inspectAddress(
  { what, url, rest }: Address,
  { slackCall }: Pick<Limits, 'slackCall'>,
): Promise<Probe> {
  const signal = AbortSignal.timeout(slackCall);
  try {
    const response = await fetch(new URL('/', url), {
      method: 'HEAD',
      headers: { 'user-agent': 'kube-vigil' },
      redirect: 'manual',
      signal,
    });
    void response.body?.cancel();
    return lacks(what, 'unknown', 'its host answers; not tried further: it would send', rest);
  } catch (error) {
    const why = signal.aborted ? 'in time' : silenceOf(error).reason;
    return lacks(
      what,
      'missing',
      `no answer from its host (${why})`,
      'the runner must reach it: check its URL, firewall, HTTPS_PROXY and NODE_EXTRA_CA_CERTS',
    );
  }
}
