/** The digits of the lesson, read from disk. */

import { loadMnistShard } from '@/lib/data';
import { joinDigits } from '@/lib/runtime/experiments/attack-digits';
import { fromDisk } from '../../data/support/prepared';

export const privateFile = () => loadMnistShard('train', 0, fromDisk);
export const publicFile = () => loadMnistShard('train', 7, fromDisk);
export const lessonDigits = async () => joinDigits(await privateFile(), await publicFile());
