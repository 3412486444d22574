/** The model that follows the slider. */
import { splitSeed, threshold, tumourEpsilon } from '@/components/cells/healthcare/parameters';
import { defineParameters } from '@/lib/notebook';

export const classifyParameters = defineParameters({ tumourEpsilon, threshold, splitSeed });
