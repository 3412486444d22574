import { choice, defineParameters, number } from '@/lib/notebook';
import { promiseSeed } from '../parameters';

/** How much the file without names still says. */
export const linkageParameters = defineParameters(
  {
    filePostcode: choice({
      label: 'Postcode in the file',
      key: 'post',
      help: 'Four digits, 24 in the town. The first two are one of four districts.',
      options: [
        { value: 'full', label: 'All four digits' },
        { value: 'district', label: 'First two digits' },
        { value: 'none', label: 'Left out' },
      ],
      default: 'full',
    }),
    fileBorn: choice({
      label: 'Birth in the file',
      key: 'born',
      help: 'How exactly the file says when somebody was born.',
      options: [
        { value: 'day', label: 'Day' },
        { value: 'year', label: 'Year' },
        { value: 'decade', label: 'Decade' },
        { value: 'none', label: 'Left out' },
      ],
      default: 'day',
    }),
    fileSex: choice({
      label: 'Sex in the file',
      key: 'sex',
      help: 'One bit. It halves every group.',
      options: [
        { value: 'shown', label: 'Shown' },
        { value: 'none', label: 'Left out' },
      ],
      default: 'shown',
    }),
    residents: number({
      label: 'People in the town',
      key: 'town',
      help: 'Half of them, drawn at random, were treated and are in the hospital’s file.',
      min: 200,
      max: 10_000,
      step: 0.01,
      scale: 'log',
      integer: true,
      default: 2000,
    }),
    listed: number({
      label: 'On the public list',
      key: 'listed',
      help: 'Share of the town whose name, postcode, birth and sex are on a list that anybody may read.',
      min: 0.1,
      max: 1,
      step: 0.05,
      default: 0.7,
    }),
    countEpsilon: number({
      label: 'ε of the private count',
      key: 'ceps',
      help: 'What the hospital could have published instead of the file: a count with Laplace noise of scale 1/ε.',
      min: 0.1,
      max: 4,
      scale: 'log',
      default: 0.5,
    }),
    promiseSeed,
  },
  { hero: 'fileBorn' },
);
