/** The digits of the lesson, read from disk. */

import { joinDigits } from '@/components/lessons/attacks/experiments/digits';
import { loadMnistShard } from '@/lib/data';
import { fromDisk } from '@/tests/harness/prepared';

export const privateFile = () => loadMnistShard('train', 0, fromDisk);
export const publicFile = () => loadMnistShard('train', 7, fromDisk);
export const lessonDigits = async () => joinDigits(await privateFile(), await publicFile());
