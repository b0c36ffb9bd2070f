/** At most so many tasks at once, the others in line. */
export interface Slots {
  /** Runs `task` when its turn comes; `ahead`: before those that wait. */
  run<T>(task: () => Promise<T>, ahead: boolean): Promise<T>;
  /** From now on one at a time; what runs already may end. */
  narrow(): void;
}

export function makeSlots(size: number): Slots {
  let allowed = size;
  let running = 0;
  const waiting: (() => void)[] = [];
  const admit = () => {
    while (running < allowed && waiting.length > 0) {
      running++;
      waiting.shift()?.();
    }
  };
  return {
    async run(task, ahead) {
      await new Promise<void>((resolve) => {
        if (ahead) waiting.unshift(resolve);
        else waiting.push(resolve);
        admit();
      });
      try {
        return await task();
      } finally {
        running--;
        admit();
      }
    },
    narrow: () => {
      allowed = 1;
    },
  };
}
