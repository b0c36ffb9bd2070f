import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { runCycle } from '../src/cycle.ts';
import type { Listener, Messenger } from '../src/ports.ts';
import { guarded, interruptible } from '../src/wire/interrupt.ts';
import { within } from '../src/wire/parts.ts';
import { keptLog } from './support/log.ts';
import { bench } from './support/world.ts';

const deployment = (name: string) => ({
  metadata: { name, namespace: 'shop', generation: 1, creationTimestamp: '2025-12-01T00:00:00Z' },
  spec: { replicas: 2, selector: { matchLabels: { app: name } } },
  status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 0 },
});

/** A cycle that is stopped when Slack is asked for the nth time; `answers`: whether it then answers all the same. */
async function stopped(nth: number, answers: boolean) {
  const { folder } = bench();
  const signals = new EventEmitter();
  const log = keptLog();
  // The first leaves two messages behind: an alert, and that health is bad.
  for (const minutes of [0, 30, 60]) {
    const now = new Date(Date.parse('2026-01-01T10:00:00Z') + minutes * 60_000).toISOString();
    const objects = minutes === 0 ? { Deployment: [deployment('api')] } : new Error('no answer');
    const it = bench({ folder, now, objects, slack: 'no such channel' });
    await runCycle(it.world, it.settings);
  }
  const it = bench({ folder, objects: new Error('no answer'), world: { log } });
  let asked = 0;
  const messenger: Messenger = {
    deliver: (notification, root) => {
      asked += 1;
      if (asked === nth) signals.emit('SIGTERM');
      return asked === nth && !answers
        ? new Promise(() => undefined)
        : it.messenger.deliver(notification, root);
    },
  };
  const guard = interruptible({ ...it.world, messenger }, it.settings);
  const whole = guarded(signals, guard, runCycle(guard.world, it.settings));
  await expect(whole).rejects.toMatchObject({ code: 'INTERRUPTED' });
  const { state } = await it.world.memory.state.load();
  return {
    asked,
    warnings: log.lines.filter((line) => line.startsWith('warn')),
    outbox: state.outbox.map(({ kind, status, attempts }) => `${kind} ${status} ${attempts}`),
  };
}

test.each([
  ['answered', 1, true, ['health undelivered 0']],
  ['not answered', 1, false, ['full pending 3', 'health undelivered 0']],
  ['the last one, answered', 2, true, []],
  ['the last one, not answered', 2, false, ['health pending 0']],
])('stopped while a message is sent: %s', async (_name, nth, answers, outbox) => {
  expect(await stopped(nth, answers)).toEqual({ asked: nth, warnings: [], outbox });
});

test('a cycle that does not end in time leaves what it knows, too', async () => {
  const it = bench({ objects: { Deployment: [deployment('api')] } });
  const messenger: Messenger = { deliver: () => new Promise(() => undefined) };
  const guard = interruptible({ ...it.world, messenger }, it.settings);
  const whole = within(2000, runCycle(guard.world, it.settings));
  const ended = guarded(new EventEmitter(), guard, whole);
  await expect(ended).rejects.toMatchObject({ code: 'BUG' });
  expect((await it.world.memory.state.load()).state).toMatchObject({
    cycleCount: 1,
    outbox: [{ kind: 'full', status: 'pending' }],
  });
});

test('without a signal nothing changes', async () => {
  const it = bench({ objects: { Deployment: [deployment('api')] } });
  const guard = interruptible(it.world, it.settings);
  const signals = new EventEmitter();
  const { report } = await guarded(signals, guard, runCycle(guard.world, it.settings));
  expect(report).toMatchObject({ status: 'completed', notifications_sent: 1, state_saved: true });
  expect(signals.eventNames()).toEqual([]);
});

test('comments are marked until it is stopped, and none after', async () => {
  const marked: unknown[] = [];
  const { world, settings } = bench();
  const listener: Listener = {
    hear: () => Promise.reject(new Error('nobody asks')),
    answer: (answered) => Promise.resolve(void marked.push(answered)),
  };
  const guard = interruptible({ ...world, listener }, settings);
  const answered = [{ key: 'issue:1', outcome: 'done' }] as const;
  await guard.world.listener?.answer?.(answered);
  await guard.stop();
  void guard.world.listener?.answer?.(answered);
  expect(marked).toEqual([answered]);
});
