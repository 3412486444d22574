/** What the cells about tumours share beside the settings of the classifier. */
import { number } from '@/lib/notebook';

export const draws = number({
  label: 'Draws',
  key: 'draws',
  help: 'How often the patients are parted and the noise is drawn anew. The whiskers show how far the draws differ.',
  min: 2,
  max: 20,
  integer: true,
  default: 8,
});
