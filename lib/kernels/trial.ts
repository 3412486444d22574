/**
 * Which of several kernels for the same work is used on the machine at hand: found by trying them there.
 *
 * Each is tested against numbers worked out in double first; what is wrong is out, however fast it is. The others do the same
 * small work in turns, so that whatever else the machine is busy with falls on all of them, and the fastest turn of each is
 * compared: noise only ever adds to a time.
 */

export interface Candidate<Kernel> {
  /** As people read it: `own`, `stock`. */
  readonly name: string;
  /** Null where there is none for this machine. */
  make(): Kernel | null | Promise<Kernel | null>;
}

export interface Contest<Kernel> {
  /** What the kernels do, as people read it. Outcomes are remembered under it. */
  readonly name: string;
  readonly candidates: readonly Candidate<Kernel>[];
  /**
   * An earlier candidate stays unless a later one takes less than this part of its time: near a tie the choice should not waver.
   * 0.9 if absent; less where another choice has a price, such as other last digits.
   */
  readonly displaces?: number;
  /** Milliseconds of testing after which no further candidate is tried, if one was right; 100 if absent. */
  readonly patience?: number;
  /** Worst error of its answers, relative to their size, against numbers worked out in double. */
  error(kernel: Kernel): Promise<number>;
  /** The largest error that is accepted. */
  readonly tolerance: number;
  /** The work that is timed: some milliseconds of it. Resolves when the device is done. */
  work(kernel: Kernel): Promise<void>;
}

export interface Figure {
  name: string;
  /** Null where it was not tested. */
  error: number | null;
  /** Of its fastest turn; null where it took none. */
  milliseconds: number | null;
  /** Why it cannot be used, in words; null if it can. */
  refused: string | null;
}

export interface Outcome {
  chosen: string;
  figures: readonly Figure[];
}

export interface Settled<Kernel> {
  kernel: Kernel;
  outcome: Outcome;
}

/** No kernel for some work computes rightly on this machine. */
export class NoRightKernel extends Error {
  override readonly name = 'NoRightKernel';
  readonly code = 'kernel-wrong';
  readonly remedy = 'Choose another backend in the info panel, and run again.';
  constructor(contest: string, figures: readonly Figure[]) {
    const reasons = figures.map(({ name, refused }) => `${name}: ${refused}`).join('; ');
    super(`No kernel for ${contest} could be used (${reasons}).`);
  }
}

const DISPLACES = 0.9;
const TURNS = { least: 2, most: 5 };
/** Where testing one kernel takes longer, the device is too slow for a contest: the first that is right is taken. */
const PATIENCE_MS = 100;
/** No further turns after so long. */
const BUDGET_MS = 60;
/** One so much slower than another takes no further turn. */
const HOPELESS = 2;

export type Clock = () => number;

/** @throws NoRightKernel where none is left */
export async function tryAll<Kernel>(
  contest: Contest<Kernel>,
  clock: Clock = () => performance.now(),
): Promise<Settled<Kernel>> {
  const { displaces = DISPLACES, patience = PATIENCE_MS } = contest;
  const figures: Figure[] = [];
  const right: Contender<Kernel>[] = [];
  const begun = clock();
  for (const candidate of contest.candidates) {
    const late = right.length > 0 && clock() - begun >= patience;
    const { kernel, figure } = late ? untested<Kernel>(candidate) : await test(contest, candidate);
    figures.push(figure);
    if (kernel && !figure.refused) right.push({ kernel, figure });
  }
  const [first, ...others] = right;
  if (!first) throw new NoRightKernel(contest.name, figures);
  if (others.length > 0) await takeTurns(contest, right, clock);
  const best = others.reduce(
    (so, one) => (one.figure.milliseconds! < displaces * so.figure.milliseconds! ? one : so),
    first,
  );
  return { kernel: best.kernel, outcome: { chosen: best.figure.name, figures } };
}

/** One of them by name, tested but not timed. @returns null where there is none of that name, or it is wrong */
export async function tryOne<Kernel>(contest: Contest<Kernel>, name: string): Promise<Kernel | null> {
  const candidate = contest.candidates.find((one) => one.name === name);
  if (!candidate) return null;
  const { kernel, figure } = await test(contest, candidate);
  return figure.refused ? null : kernel;
}

interface Tested<Kernel> {
  kernel: Kernel | null;
  figure: Figure;
}

const untested = <Kernel>({ name }: Candidate<Kernel>): Tested<Kernel> => ({
  kernel: null,
  figure: { name, error: null, milliseconds: null, refused: null },
});

async function test<Kernel>(
  { error, tolerance }: Contest<Kernel>,
  candidate: Candidate<Kernel>,
): Promise<Tested<Kernel>> {
  const { figure } = untested<Kernel>(candidate);
  try {
    const kernel = await candidate.make();
    if (kernel === null) return { kernel, figure: { ...figure, refused: 'there is none for this backend' } };
    figure.error = await error(kernel);
    // Not a number is wrong too.
    if (!(figure.error <= tolerance))
      figure.refused = `wrong by ${figure.error.toPrecision(2)} in its self-test`;
    return { kernel, figure };
  } catch (cause) {
    return {
      kernel: null,
      figure: { ...figure, refused: cause instanceof Error ? cause.message : String(cause) },
    };
  }
}

interface Contender<Kernel> {
  kernel: Kernel;
  figure: Figure;
}

async function takeTurns<Kernel>(
  { work }: Contest<Kernel>,
  right: readonly Contender<Kernel>[],
  clock: Clock,
): Promise<void> {
  // The first time a kernel may be compiled, and buffers are made.
  for (const { kernel } of right) await work(kernel);
  const begun = clock();
  for (let turn = 0; turn < TURNS.most && (turn < TURNS.least || clock() - begun < BUDGET_MS); turn++) {
    const fastest = Math.min(...right.map(({ figure }) => figure.milliseconds ?? Number.POSITIVE_INFINITY));
    for (const { kernel, figure } of right) {
      if (figure.milliseconds !== null && figure.milliseconds > HOPELESS * fastest) continue;
      const start = clock();
      await work(kernel);
      figure.milliseconds = Math.min(figure.milliseconds ?? Number.POSITIVE_INFINITY, clock() - start);
    }
  }
}
