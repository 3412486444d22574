/** The texts of an exercise, read when its page is built. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExerciseId } from '@/lib/exercises/names';

const FOLDER = 'components/exercises/programs';

/** What an exercise comes with, beside its words. */
export interface ExerciseTexts {
  starter: string;
  solution: string;
  /** What Try runs after the reader's code. */
  examples: string;
}

/** What a reader starts from, a solution, and the lines that try either. */
export async function programsOf(exercise: ExerciseId): Promise<ExerciseTexts> {
  const read = async (name: string) =>
    (await readFile(join(process.cwd(), FOLDER, exercise, `${name}.js`), 'utf8')).trim();
  const [starter, solution, examples] = await Promise.all(['starter', 'solution', 'examples'].map(read));
  return { starter: starter!, solution: solution!, examples: examples! };
}
