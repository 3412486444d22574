/** The choices as they are checked when a run begins. */
import * as z from 'zod';

export const choicesSchema = z.object({
  people: z.enum(['all', 'eighth']).default('all'),
  features: z.enum(['gradients', 'gabor', 'pixels']).default('gradients'),
  model: z.enum(['softmax', 'mlp', 'cnn']).default('softmax'),
  optimizer: z.enum(['momentum', 'adam']).default('momentum'),
  clipping: z.enum(['flat', 'per-layer', 'adaptive', 'automatic']).default('flat'),
  /** Learning rate, in units of the one suggested for these choices. */
  rateScale: z.number().min(0.01).max(100).default(1),
});

export type TrainChoices = z.output<typeof choicesSchema>;
