import { defineParameters } from '@/lib/notebook';
import { promiseEpsilon, promiseSeed } from '../parameters';

/** One answer is published, and one guesses. */
export const guessParameters = defineParameters({ promiseEpsilon, promiseSeed }, { hero: 'promiseEpsilon' });
