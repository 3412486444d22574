import type { Metadata } from 'next';
import { LessonList } from '@/components/site/lesson-list';
import { ForgetProgress } from '@/components/site/progress';

export const metadata: Metadata = {
  title: 'Lessons',
  description:
    'Interactive lessons on differential privacy and vision, each with experiments that run in your browser.',
};

export default function Lessons() {
  return (
    <>
      <h1 className="mt-10 mb-3 text-[2.06rem] font-bold leading-tight tracking-tight">Lessons</h1>
      <p className="mb-8 max-w-[68ch] text-secondary">
        Each lesson is a page of text with experiments in it. The experiments are real: they run in your
        browser when you press Run or move a slider, and every number says how it came to be. Read them in
        order, or start where you like.
      </p>
      <h2 className="sr-only">All lessons</h2>
      <LessonList />
      <ForgetProgress />
    </>
  );
}
