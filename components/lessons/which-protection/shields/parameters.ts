import { defineParameters, text } from '@/lib/notebook';
import { NO_ROUNDS } from '../game';

/** Which shields the learner put on, attack by attack. It travels in the link, so that a class can compare. */
export const shieldParameters = defineParameters({
  rounds: text({
    label: 'Your shields',
    key: 'g',
    help: 'A sign for each attack: which shields were put on, or - where it has not come yet.',
    maxLength: 100,
    default: NO_ROUNDS,
  }),
});
