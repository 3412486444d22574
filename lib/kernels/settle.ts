/**
 * What trials found is remembered, and can be overruled. The memory lies with whoever runs the page; here it is only asked.
 *
 * Remembered or asked for, a kernel is tested again before it is used: a driver may have been renewed since.
 */
import { type Clock, type Contest, type Outcome, type Settled, tryAll, tryOne } from './trial';

/** The one that measured fastest, or one by name wherever there is one. */
export type KernelPreference = 'auto' | 'own' | 'stock';

export const KERNEL_PREFERENCES: readonly KernelPreference[] = ['auto', 'own', 'stock'];

export interface TrialMemory {
  readonly preference: KernelPreference;
  /** Of contests, instead of their own: 0 on a device for which any contest is too long. */
  readonly patience?: number;
  /** What an earlier trial found on this machine, or null. */
  recall(contest: string): Outcome | null;
  remember(contest: string, outcome: Outcome): void;
}

const FORGETFUL: TrialMemory = { preference: 'auto', recall: () => null, remember: () => {} };
let memory: TrialMemory = FORGETFUL;

/** From now on; null forgets. */
export function keepTrialsIn(given: TrialMemory | null): void {
  memory = given ?? FORGETFUL;
}

/** @throws NoRightKernel where none computes rightly */
export async function settle<Kernel>(contest: Contest<Kernel>, clock?: Clock): Promise<Settled<Kernel>> {
  const { preference, patience } = memory;
  const known = finding(memory.recall(contest.name));
  const wanted = preference === 'auto' ? known?.chosen : preference;
  const kernel = wanted === undefined ? null : await tryOne(contest, wanted);
  if (kernel !== null && wanted !== undefined)
    return { kernel, outcome: { chosen: wanted, figures: known?.figures ?? [] } };
  const settled = await tryAll(patience === undefined ? contest : { ...contest, patience }, clock);
  memory.remember(contest.name, settled.outcome);
  return settled;
}

/** One chosen because there was no leisure for a contest is no finding: the machine may have been busy. */
const finding = (outcome: Outcome | null): Outcome | null =>
  outcome?.figures.every(({ error, refused }) => error !== null || refused !== null) ? outcome : null;
