import type { ReactNode } from 'react';
import { EXERCISES_OF_LESSONS } from '@/components/exercises/facts';
import { CELL_TITLES, LESSON_FACTS } from '@/components/lessons/cells';
import { LessonShell } from '@/components/notebook/lesson-shell';

export default function LessonsLayout({ children }: { children: ReactNode }) {
  return (
    <LessonShell lessons={LESSON_FACTS} titles={CELL_TITLES} exercises={EXERCISES_OF_LESSONS}>
      {children}
    </LessonShell>
  );
}
