import { expect, test } from '@jest/globals';
import type { Call } from '../../../src/adapters/slack/client.ts';
import { paced } from '../../../src/adapters/slack/pace.ts';

/** A Slack that notes when it was asked what, in ms since the first. */
function watched() {
  const at: number[] = [];
  const start = performance.now();
  const call: Call = () => {
    at.push(performance.now() - start);
    return Promise.resolve({ ok: true, body: {} });
  };
  return { at, call };
}
const post = (call: Call, channel = 'C1') => call('chat.postMessage', { channel });

test('four messages to a channel go at once, each after them waits its turn', async () => {
  const { at, call } = watched();
  const slow = paced(call, 60, () => 10_000);
  for (let n = 0; n < 7; n++) await post(slow);
  expect(at).toHaveLength(7);
  expect(at[3]).toBeLessThan(60);
  // A timer may come a millisecond early.
  for (const turn of [1, 2, 3]) expect(at[3 + turn]).toBeGreaterThan(60 * turn - 2);
});

test('another channel has its own turns, and edits and look-ups wait for none', async () => {
  const { at, call } = watched();
  const slow = paced(call, 600_000, () => 100);
  for (let n = 0; n < 4; n++) await post(slow);
  for (let n = 0; n < 4; n++) await post(slow, 'C2');
  for (let n = 0; n < 9; n++) await slow('chat.update', { channel: 'C1' });
  expect(at).toHaveLength(17);
});

test('what would come too late is not sent at all, and does not wait', async () => {
  const { at, call } = watched();
  const slow = paced(call, 600_000, () => 20_000);
  for (let n = 0; n < 4; n++) await post(slow);
  expect(await post(slow)).toEqual({ ok: false, fault: { kind: 'late' } });
  expect(at).toHaveLength(4);
});
