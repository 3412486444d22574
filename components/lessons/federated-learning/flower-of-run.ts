/** A federated run as settings of a Flower app, or why there is none. */
import type { FlowerSettings } from '@/lib/notebook/python/flower';
import { CLIENTS, DIGITS_EACH } from '@/lib/runs/accounts/clients';
import { CLIENT_DELTA, LOCAL_LEARNING_RATE, TEST_DIGITS } from './account';
import type { FederatedParams } from './experiments/rounds';

/** What of these settings the app cannot say, in words; null if it says all. */
export const notInFlower = ({ noisePlace }: Pick<FederatedParams, 'noisePlace'>): string | null =>
  noisePlace === 'local' ? 'Flower’s clients set their noise by an ε of each round, not by σ' : null;

/** @throws RangeError where `notInFlower` gives a reason */
export function flowerSettings(run: FederatedParams, link: string): FlowerSettings {
  const reason = notInFlower(run);
  if (reason !== null) throw new RangeError(`No Flower app: ${reason}.`);
  const { clientsPerRound, noiseMultiplier, maxUpdateNorm, rounds, localSteps, deal } = run;
  return {
    ...{ clientsPerRound, noiseMultiplier, maxUpdateNorm, rounds, localSteps, deal, link },
    clients: CLIENTS,
    digitsEach: DIGITS_EACH,
    testDigits: TEST_DIGITS,
    localLearningRate: LOCAL_LEARNING_RATE,
    delta: CLIENT_DELTA,
    seed: run.noiseSource === 'seeded' ? run.seed : null,
  };
}
