/**
 * Web Locks: one writer at a time across tabs and workers, and a sign of life for every run.
 *
 * Nothing is lost without them (the storage's transactions see to that); they keep tabs from deciding against each
 * other, and tell a run that is still going from one whose page is gone: the browser frees a lock when its holder dies.
 * They are missing on plain http. https://w3c.github.io/web-locks/
 */

export interface Locks {
  /** Runs `work` while no other holder of `name` runs. */
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Holds `name` until the returned function is called, or this context dies. */
  hold(name: string): Promise<() => void>;
  /** The names held anywhere in this origin, or null if that cannot be known. */
  held(): Promise<Set<string> | null>;
}

/**
 * Where a browser refuses them (a frame of another site that may store nothing, a sandbox), this page is alone with its ledger, and
 * locks within it are all there is to lock.
 */
export function webLocks(): Locks {
  const manager: LockManager | undefined = globalThis.navigator?.locks;
  const alone = localLocks();
  if (manager === undefined) return alone;
  return {
    exclusive: async (name, work) => {
      let begun = false;
      const locked = () => {
        begun = true;
        return work();
      };
      try {
        return (await manager.request(name, locked)) as Awaited<ReturnType<typeof work>>;
      } catch (error) {
        if (begun || !isRefusal(error)) throw error;
        return alone.exclusive(name, work);
      }
    },
    hold: async (name) => {
      try {
        return await new Promise<() => void>((granted, refused) => {
          manager
            .request(name, () => new Promise<void>((release) => granted(() => release())))
            .catch(refused);
        });
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return alone.hold(name);
      }
    },
    held: async () => {
      try {
        const { held } = await manager.query();
        return new Set((held ?? []).map((lock) => lock.name ?? ''));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return null;
      }
    },
  };
}

/** Of the browser, not of the work. */
const isRefusal = (error: unknown) =>
  error instanceof DOMException && (error.name === 'SecurityError' || error.name === 'InvalidStateError');

/** The same within one page only. */
export function localLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return {
    exclusive: (name, work) => {
      const turn = (tails.get(name) ?? Promise.resolve()).then(work, work);
      tails.set(
        name,
        turn.catch(() => {}),
      );
      return turn;
    },
    hold: async () => () => {},
    held: async () => null,
  };
}
