/** What the learner sets on the panel: ε, and with it the noise. */
import { defineParameters, type ValuesOf } from '@/lib/notebook';
import { coupledEnds } from '../accountant';
import { noiseMultiplier, privacyEpsilon } from '../parameters';
import { FIXED, releaseWith } from './run';

const declarations = {
  epsilon: privacyEpsilon({
    help: 'How much more likely any outcome may become because one person took part: at most a factor of e to the ε, up to δ. Small is private; large is useful. Move it, and the noise follows.',
    min: 0.05,
    max: 20,
    default: 2,
  }),
  noiseMultiplier: noiseMultiplier('gradients', { min: 0.3, max: 100, default: 1.2804 }),
};
type Values = ValuesOf<typeof declarations>;

export const panelParameters = defineParameters(
  declarations,
  coupledEnds<Values>({
    ...declarations,
    follows: [],
    run: (values) => releaseWith(values.noiseMultiplier),
    delta: () => FIXED.delta,
  }),
);
