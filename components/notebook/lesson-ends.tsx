import type { ReactNode } from 'react';
import { QuietLink } from '@/components/site/quiet-link';

/** What these need to know of a lesson: of all ten, so without their cells. */
export interface LessonFacts {
  slug: string;
  title: string;
  summary: string;
  minutes: number;
  needs: string;
  downloadMegabytes: number;
}

interface Ends {
  slug: string;
  /** In reading order. */
  lessons: readonly LessonFacts[];
}

/** Above a lesson's title: which one it is, and what it takes. */
export function LessonHead({ slug, lessons, children }: Ends & { children?: ReactNode }) {
  const at = lessons.findIndex((one) => one.slug === slug);
  const lesson = lessons[at];
  if (!lesson) return null;
  return (
    <div className="mt-6 flex items-center justify-between gap-x-4">
      <p className="parts text-sm text-secondary" title={lesson.needs}>
        <span className="font-medium text-accent">
          Lesson {at + 1} of {lessons.length}
        </span>
        <span>{lesson.minutes} minutes</span>
        {lesson.downloadMegabytes === 0 ? null : <span>{lesson.downloadMegabytes} MB</span>}
      </p>
      {children}
    </div>
  );
}

/** An exercise of a lesson: where it is, and what it is called. */
export interface LessonExercise {
  id: string;
  title: string;
}

/** What to write oneself, once it is read. */
export function LessonExercises({ exercises }: { exercises: readonly LessonExercise[] }) {
  if (exercises.length === 0) return null;
  return (
    <nav aria-label="Exercises" className="no-print mt-12 rounded-cell border border-line bg-surface p-4">
      <p className="font-semibold">Now write it yourself</p>
      <p className="mt-1 text-secondary">
        A grader tries what your code does, and says what failed on which input.
      </p>
      <ul className="mt-2 grid gap-1">
        {exercises.map(({ id, title }) => (
          <li key={id}>
            <QuietLink href={`/exercises/${id}/`} className="text-accent underline underline-offset-2">
              {title}
            </QuietLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Below it: where to go from here. */
export function LessonTail({ slug, lessons }: Ends) {
  const at = lessons.findIndex((one) => one.slug === slug);
  const previous = lessons[at - 1];
  const next = at < 0 ? undefined : lessons[at + 1];
  return (
    <nav aria-label="Other lessons" className="no-print mt-16 grid gap-3 sm:grid-cols-2">
      {previous ? <Door lesson={previous} word="Previous" /> : <span className="hidden sm:block" />}
      {next ? <Door lesson={next} word="Next" /> : null}
    </nav>
  );
}

function Door({ lesson, word }: { lesson: LessonFacts; word: string }) {
  return (
    <QuietLink
      href={`/lessons/${lesson.slug}/`}
      className="group block rounded-cell border border-line bg-surface p-4 hover:border-line-strong"
    >
      <span className="block text-sm text-secondary">{word} lesson</span>
      <span className="block font-semibold group-hover:underline">{lesson.title}</span>
      <span className="mt-1 block text-sm text-secondary">{lesson.summary}</span>
    </QuietLink>
  );
}
