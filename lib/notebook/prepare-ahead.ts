/** Whether, and when, a page may load something that nobody has asked for yet. */

/** What of `navigator` is looked at; browsers differ in what they tell. */
export interface Told {
  connection?: { saveData?: boolean };
  /** In GiB, rounded. */
  deviceMemory?: number;
}

/** Gibibytes of a machine that has room for what may not be needed. */
const ROOMY = 4;

/** Not where readers have asked to be spared data, nor on a small machine. */
export function mayPrepare(told: object): boolean {
  const { connection, deviceMemory } = told as Told;
  return connection?.saveData !== true && (deviceMemory ?? ROOMY) >= ROOMY;
}

const TOUCHES = ['pointerdown', 'keydown', 'focusin'] as const;

/**
 * Calls `act` once, when the page is seen and has nothing to do; in a page of somebody else, only after its reader has touched it.
 * @returns gives up waiting
 */
export function whenAtRest(page: Window, act: () => void): () => void {
  const { document } = page;
  const idle = page.requestIdleCallback ?? ((work: () => void) => page.setTimeout(work, 1000));
  let over = false;
  let touched = page.parent === page || page.navigator.userActivation?.hasBeenActive === true;
  const look = () => {
    if (!touched || document.hidden) return;
    stopListening();
    idle(() => {
      if (!over) act();
    });
  };
  const touch = () => {
    touched = true;
    look();
  };
  const stopListening = () => {
    document.removeEventListener('visibilitychange', look);
    for (const type of TOUCHES) document.removeEventListener(type, touch);
  };
  document.addEventListener('visibilitychange', look);
  if (!touched) for (const type of TOUCHES) document.addEventListener(type, touch);
  look();
  return () => {
    over = true;
    stopListening();
  };
}
