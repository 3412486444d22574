import type { Metadata } from 'next';
import { ExerciseList } from '@/components/exercises/exercise-list';

export const metadata: Metadata = {
  title: 'Exercises',
  description:
    'Twelve exercises in differential privacy, graded in your browser by what your code really does: its noise, its bias, its privacy.',
};

export default function Exercises() {
  return (
    <>
      <h1 className="mt-10 mb-3 text-[2.06rem] font-bold leading-tight tracking-tight">Exercises</h1>
      <p className="mb-6 max-w-[68ch] text-secondary">
        Write a mechanism, and have it tried. A grader calls your code thousands of times: it looks for
        neighbours that break the promise, for bias, for noise that is too small or comes twice. It says what
        failed, and on which input. All of it happens in your browser.
      </p>
      <h2 className="sr-only">All exercises</h2>
      <ExerciseList />
    </>
  );
}
