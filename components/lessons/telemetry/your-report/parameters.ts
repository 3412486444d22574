/** The learner's own answer and how it is reported. The answer itself goes nowhere, not even into a link. */

import { choice, defineParameters, number } from '@/lib/notebook';
import { emojiCount, localEpsilon } from '../parameters';
import { PROTOCOL_NAMES } from '../protocols';

export const yourReportParameters = defineParameters(
  {
    question: choice({
      label: 'Question',
      key: 'ask',
      help: 'Two questions that a keyboard might ask its users.',
      options: [
        { value: 'emoji', label: 'Which emoji do you use most?' },
        { value: 'word', label: '“For my birthday I would like a …”' },
      ],
      default: 'emoji',
    }),
    yourAnswer: number({
      label: 'Your true answer',
      key: 'answer',
      help: 'It stays in this page: it is in no link and is not stored, unless you save the record of a run. Only its randomised form counts as sent.',
      min: 0,
      max: 63,
      integer: true,
      default: 4,
      destinations: { link: false },
    }),
    reportProtocol: choice({
      label: 'Protocol of your report',
      key: 'way',
      help: 'What a report looks like: one answer, a list of yes and no, or half of all answers at once.',
      options: [
        { value: 'choice', label: PROTOCOL_NAMES.choice },
        { value: 'optimised', label: PROTOCOL_NAMES.optimised },
        { value: 'hadamard', label: PROTOCOL_NAMES.hadamard },
      ],
      default: 'choice',
    }),
    // Of its own, for it is charged: no slider of the made-up crowds moves it.
    reportEpsilon: {
      ...localEpsilon,
      label: 'ε of your report',
      key: 'own',
      help: 'Whatever is sent is at most e to the ε times as likely for your true answer as for any other. Each report is charged this much to your account; it is this cell’s own, and no other slider moves it.',
    },
    emojiCount,
    reportsAtOnce: number({
      label: 'Reports with one press',
      key: 'times',
      help: 'Each is randomised afresh, and each costs ε.',
      min: 1,
      max: 20,
      integer: true,
      default: 1,
    }),
  },
  { hero: 'reportEpsilon' },
);
