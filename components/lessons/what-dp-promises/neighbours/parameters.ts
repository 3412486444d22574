import { boolean, choice, defineParameters, number } from '@/lib/notebook';
import { promiseEpsilon, promiseSeed } from '../parameters';
import { MOST_PAY, MOST_YEARS, type StaffQuestion } from '../staff';

/** Where the learner stands among the staff of a firm, and what is asked about them. */
export const neighboursParameters = defineParameters(
  {
    staffQuestion: choice<StaffQuestion>({
      label: 'Question',
      key: 'ask',
      help: 'What is published about the staff.',
      options: [
        { value: 'count', label: 'How many earn more than 5,000?' },
        { value: 'mean', label: 'What is the mean pay?' },
        { value: 'slope', label: 'How does pay rise with the years?' },
      ],
      default: 'mean',
    }),
    takesPart: boolean({
      label: 'I am in the data',
      key: 'in',
      help: 'Two neighbouring data sets: one with you, one without.',
      default: true,
    }),
    yourYears: number({
      label: 'Your years at the firm',
      key: 'years',
      help: 'Drag yourself in the picture, or move this.',
      min: 0,
      max: MOST_YEARS,
      step: 0.5,
      default: 10,
    }),
    yourPay: number({
      label: 'Your pay',
      key: 'pay',
      unit: 'thousand',
      help: 'A month. The others earn between 1,200 and 7,800; nothing keeps you from being an outlier.',
      min: 0,
      max: MOST_PAY,
      step: 0.05,
      default: 7.35,
    }),
    payRange: number({
      label: 'Pay is cut at',
      key: 'cut',
      unit: 'thousand',
      help: 'The public range that private answers cut everybody’s pay to. Chosen without looking: a wide range needs more noise, a narrow one cuts people who matter.',
      min: 2,
      max: MOST_PAY,
      step: 0.5,
      default: 8,
    }),
    promiseEpsilon,
    colleagues: number({
      label: 'Colleagues',
      key: 'n',
      help: 'Everybody but you.',
      min: 20,
      max: 1000,
      step: 0.01,
      scale: 'log',
      integer: true,
      default: 200,
    }),
    promiseSeed,
  },
  { hero: 'promiseEpsilon' },
);
