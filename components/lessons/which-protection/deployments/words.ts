/** How a deployment reads, and which links take its ε to the sliders. */
import { formatDelta, formatEpsilon } from '@/components/ledger/words';
import { count, short } from '@/components/ui/format';
import type { Checked, Deployment, TrustModel } from '@/lib/claims';
import type { DeploymentFigures } from '../experiments/real-deployments';

export const MODEL_WORDS: Readonly<Record<TrustModel, string>> = {
  central: 'central',
  local: 'local',
  federated: 'federated',
};

export const CHECKED_WORDS: Readonly<Record<Checked, string>> = {
  registry: 'as the Differential Privacy Deployments Registry reports it, November 2026',
  publication: 'as the publisher says, November 2026',
  list: 'as D. Desfontaines’s list of real-world uses reports it, November 2026',
};

/** As published, digit for digit; what we worked out from ρ is never rounded down. */
export const epsilonWords = (figures: DeploymentFigures) =>
  figures === null
    ? '–'
    : figures.converted
      ? `≈ ${formatEpsilon(figures.epsilon)}`
      : short(figures.epsilon, 5);

export const deltaWords = (figures: DeploymentFigures) =>
  figures === null ? '–' : figures.delta === 0 ? '0' : formatDelta(figures.delta);

/** Of 1,000, rounded up: a number that is read as a promise. */
export const ofAThousand = (share: number) => count(Math.min(1000, Math.ceil(1000 * share - 1e-9)));

/** The smallest and the largest δ that the sliders of the other lessons know. */
const SLIDER_DELTA = { min: 1e-8, max: 1e-3 };

export interface SliderLinks {
  mechanism: string;
  training: string;
  /** What the sliders could not take as it is. */
  note: string | null;
}

/** The same promise on two cells: one answer with noise, and a training. */
export function sliderLinks(figures: NonNullable<DeploymentFigures>): SliderLinks {
  const epsilon = short(figures.epsilon, 5);
  const delta = Math.min(SLIDER_DELTA.max, Math.max(SLIDER_DELTA.min, figures.delta));
  const pure = figures.delta === 0;
  return {
    mechanism: `/lessons/what-dp-promises/#v=1&by=${pure ? 'laplace' : 'gaussian'}&eps=${epsilon}${pure ? '' : `&delta=${delta}`}`,
    training: `/lessons/training-with-dp-sgd/#v=1&eps=${epsilon}${pure ? '' : `&delta=${delta}`}`,
    note: pure
      ? 'Training needs a δ: the slider’s own is taken.'
      : delta === figures.delta
        ? null
        : `The sliders know no δ below ${formatDelta(SLIDER_DELTA.min)}: that one is taken, so the promise there is a little weaker.`,
  };
}

/** One line for the table: who and when. */
export const nameOf = ({ organisation, year }: Deployment) => `${organisation}, ${year}`;
