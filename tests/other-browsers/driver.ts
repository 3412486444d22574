/** What a check may do in a browser, whichever it is. Every call ends within a time: a page that is frozen never answers. */

/** A page of the browser. */
export interface Driver {
  /** As the browser calls itself: `Firefox 153.8`. */
  readonly name: string;
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page. It stands by itself, and what it is given and gives back is plain. */
  ask<Given extends readonly unknown[], Answer>(
    what: (...given: Given) => Answer,
    ...given: Given
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** A browser that may or may not be on this machine. */
export interface OtherBrowser {
  readonly name: string;
  /** Null where it is there; else what to install. */
  missing(): string | null;
  start(): Promise<Driver>;
}

/** Of a call to a browser. */
export const CALL_WITHIN_MS = 30_000;
/** Of a first page, with all its code, on a machine that does much else. */
export const OPEN_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 250;

export const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** @throws when there is no answer by then */
export async function within<Answer>(
  milliseconds: number,
  what: string,
  answer: Promise<Answer>,
): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what}: no answer in ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks again and again until the answer is true.
 * @param said in words, for whoever reads that it never was
 * @throws when it is not by then, with the last answer of `told`
 */
export async function until(
  milliseconds: number,
  said: string,
  is: () => Promise<boolean>,
  told: () => Promise<unknown> = async () => '',
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await is())) {
    if (Date.now() > end)
      throw new Error(`not in ${milliseconds / 1000} s: ${said}. ${JSON.stringify(await told())}`);
    await pause(LOOK_EVERY_MS);
  }
}

/** The body of a function that runs `what` in a page. `__name` is what the compiler of these tests puts around functions. */
export const bodyOf = (what: (...given: never[]) => unknown) =>
  `const __name = (one) => one; return (${what}).apply(null, arguments);`;
