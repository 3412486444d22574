/** The text of a lesson's code cell, as a parameter: deflated in the link. */
import { defineParameters, text } from '@/lib/notebook';

/** @param original the code as the lesson has it */
export const codeParameters = (original: string) =>
  defineParameters({
    code: text({
      label: 'Code',
      key: 'code',
      help: 'JavaScript that runs in a sandbox, with the lab at its side.',
      maxLength: 50_000,
      packed: true,
      default: original,
    }),
  });
