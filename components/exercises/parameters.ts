/** The code of an exercise in a notebook or a frame, as a setting: so it travels with them, deflated. */

import { LONGEST_CODE } from '@/lib/exercises/attempts';
import { defineParameters, text } from '@/lib/notebook';

export const exerciseParameters = defineParameters({
  exerciseCode: text({
    label: 'Code',
    key: 'code',
    help: 'What was written. Empty: as the exercise begins.',
    maxLength: LONGEST_CODE,
    packed: true,
    default: '',
  }),
});
