import { defineParameters, text } from '@/lib/notebook';
import { NO_ANSWERS } from '../threats';

/** What the learner has filled in. It travels in the link, so that a class can compare. */
export const matrixParameters = defineParameters({
  verdicts: text({
    label: 'Your verdicts',
    key: 'm',
    help: 'A letter for each pair of a threat and a control: y, p, n, or - for none yet.',
    maxLength: 100,
    default: NO_ANSWERS,
  }),
});
