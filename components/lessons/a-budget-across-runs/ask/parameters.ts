/** What the learner asks of the register. */
import { choice, defineParameters, number } from '@/lib/notebook';
import { HISTOGRAMS, QUESTIONS, type QuestionId } from '../account';

export const askParameters = defineParameters(
  {
    question: choice<QuestionId>({
      label: 'Question',
      key: 'ask',
      help: 'A count over 1,000 made-up people. Adding or removing one person changes it by one at most. A question about groups that share nobody gets one answer each, for the ε of one.',
      options: Object.entries({ ...QUESTIONS, ...HISTOGRAMS }).map(([value, { words }]) => ({
        value: value as QuestionId,
        label: words,
      })),
      default: 'ill',
    }),
    epsilonPerAnswer: number({
      label: 'ε of one answer',
      key: 'eps1',
      help: 'The answer gets discrete Laplace noise of scale 1/ε, a whole number: at ε = 0.1 it is typically off by 10, at ε = 1 by 1.',
      min: 0.02,
      max: 2,
      scale: 'log',
      default: 0.1,
    }),
  },
  { hero: 'epsilonPerAnswer' },
);
