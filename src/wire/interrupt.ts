import { type EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { confirm } from '../core/decide.ts';
import { isClaimedBy, released } from '../core/lifecycle/release.ts';
import type { CycleStamp } from '../core/model/cycle.ts';
import { Failure, sayFailure } from '../core/model/failure.ts';
import type { Receipt } from '../core/model/notification.ts';
import type { MonitorState } from '../core/model/state.ts';
import { formatTime } from '../core/model/time.ts';
import type { CycleSettings, JournalEntry, World } from '../ports.ts';

/** Milliseconds after a signal: what is under way may end, then the state may be saved. The runner waits 7.5 s before its next signal; we are gone in five. */
const grace = { underWay: 1500, save: 2500 };

/** A world whose cycle can be ended early. */
export interface Guard {
  readonly world: World;
  /** Nothing new begins. What is under way may end, then what Slack took is saved, and what was not begun is given back: one write. Never throws. */
  stop(): Promise<void>;
}

export function interruptible(world: World, settings: CycleSettings): Guard {
  const { cluster, assessor, listener, messenger, tracker, archive, memory, clock } = world;
  const { run } = settings;
  const underWay = new Set<Promise<unknown>>();
  const begun = new Set<string>();
  const receipts: Receipt[] = [];
  let stopped = false;
  let saved: MonitorState | null = null;
  let noted: Pick<JournalEntry, 'cycleId'> = { cycleId: '' };

  /** Once stopped, a call never ends: the cycle waits there until the process is gone. */
  function held<Given extends readonly unknown[], T>(
    call: (...given: Given) => Promise<T>,
  ): (...given: Given) => Promise<T> {
    return async (...given) => {
      if (stopped) return new Promise<T>(() => undefined);
      const work = call(...given);
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
      }
    };
  }

  async function save(): Promise<void> {
    if (saved === null || !saved.outbox.some((entry) => isClaimedBy(entry, run))) return;
    const stamp = stampOf(settings, noted.cycleId, clock.now());
    await memory.state.update((newest) => {
      const confirmed = confirm(newest, receipts, stamp);
      return { state: { ...confirmed, outbox: released(confirmed.outbox, run, begun) } };
    });
    await archive.journal({ ...noted, step: 'confirmed', receipts: [] });
  }

  return {
    world: {
      ...world,
      cluster: {
        look: held(() => cluster.look()),
        readLogs: held((wanted) => cluster.readLogs(wanted)),
      },
      assessor:
        assessor === null
          ? null
          : { model: assessor.model, ask: held((question) => assessor.ask(question)) },
      listener:
        listener === null
          ? null
          : {
              hear: held((...given) => listener.hear(...given)),
              answer: held(async (answered) => listener.answer?.(answered)),
            },
      messenger:
        messenger === null
          ? null
          : {
              deliver: held(async (notification, root) => {
                begun.add(notification.id);
                const receipt = await messenger.deliver(notification, root);
                receipts.push(receipt);
                return receipt;
              }),
            },
      tracker: tracker === null ? null : { settle: held((...given) => tracker.settle(...given)) },
      archive: {
        ...archive,
        upload: held((cycleId) => archive.upload(cycleId)),
        journal: (entry) => {
          noted = entry;
          return archive.journal(entry);
        },
      },
      memory: {
        ...memory,
        state: {
          ...memory.state,
          update: held(async (step) => {
            const result = await memory.state.update(step);
            saved = result.state;
            return result;
          }) as typeof memory.state.update,
        },
      },
    },
    async stop() {
      stopped = true;
      const { log } = world;
      const after = (ms: number) => sleep(ms, 'no time was left', { ref: false });
      await Promise.race([Promise.allSettled(underWay), after(grace.underWay)]);
      const trouble = await Promise.race([save().catch(sayFailure), after(grace.save)]);
      if (trouble !== undefined) log.warn(`The state was not saved: ${trouble}`);
    },
  };
}

function stampOf(settings: CycleSettings, id: string, now: number): CycleStamp {
  const { cluster, run, channel, runUrl } = settings;
  return { id, cluster, startedAt: formatTime(now), now, run, channel, runUrl };
}

/** The whole of something, unless the runner asks for its end (SIGINT, SIGTERM): then Failure INTERRUPTED. Whatever ended it, the guard has stopped it when this throws; a further signal does not hurry it. */
export async function guarded<T>(node: EventEmitter, guard: Guard, whole: Promise<T>): Promise<T> {
  const over = new AbortController();
  const names = ['SIGINT', 'SIGTERM'];
  // Without a listener the second signal would kill the process before the state is saved.
  const stay = (): void => undefined;
  for (const name of names) node.on(name, stay);
  const signals = names.map(async (name): Promise<never> => {
    await once(node, name, { signal: over.signal });
    throw new Failure('INTERRUPTED', `The runner ended this step (${name})`, {
      hint: 'What was decided is saved; the post step finishes report and upload',
    });
  });
  try {
    return await Promise.race([whole, ...signals]);
  } catch (error) {
    await guard.stop();
    throw error;
  } finally {
    over.abort();
    for (const name of names) node.off(name, stay);
  }
}
