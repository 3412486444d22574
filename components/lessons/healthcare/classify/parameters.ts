/** The model that follows the slider. */

import { defineParameters } from '@/lib/notebook';
import { splitSeed, threshold, tumourEpsilon } from '../parameters';

export const classifyParameters = defineParameters({ tumourEpsilon, threshold, splitSeed });
