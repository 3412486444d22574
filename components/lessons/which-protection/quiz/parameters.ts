import { defineParameters, text } from '@/lib/notebook';
import { NO_CHOICES } from '../cases';

/** What the learner chose, case by case. */
export const quizParameters = defineParameters({
  choices: text({
    label: 'Your choices',
    key: 'q',
    help: 'A digit for each case: the option chosen, or - for none yet.',
    maxLength: 100,
    default: NO_CHOICES,
  }),
});
