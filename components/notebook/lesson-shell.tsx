'use client';

import { useSelectedLayoutSegment } from 'next/navigation';
import type { ReactNode } from 'react';
import { ClampNotes } from './clamp-notes';
import { ForkLink } from './fork-link';
import type { LessonExercise, LessonFacts } from './lesson-ends';
import { LessonExercises, LessonHead, LessonTail } from './lesson-ends';
import { LiveRegion } from './live-region';
import { NotebookProvider } from './notebook-provider';
import { PageTools } from './page-tools';
import { RunBar } from './run-bar';
import { TableOfContents } from './table-of-contents';

/** Everything around the text of a lesson: its notebook, contents, run bar and neighbours. */
export function LessonShell({
  lessons,
  titles,
  exercises,
  children,
}: {
  /** In reading order. */
  lessons: readonly LessonFacts[];
  /** Of all cells of the site, by their ids. */
  titles: Readonly<Record<string, string>>;
  /** By the lesson's name in its address. */
  exercises: Readonly<Record<string, readonly LessonExercise[]>>;
  children: ReactNode;
}) {
  const slug = useSelectedLayoutSegment();
  // The list of lessons lies in the same folder.
  if (slug === null) return children;
  return (
    <NotebookProvider key={slug} slug={slug} titles={titles} keepsProgress>
      <div className="lesson-grid">
        <TableOfContents key={slug} />
        <div className="min-w-0">
          <LessonHead slug={slug} lessons={lessons}>
            <PageTools>
              <ForkLink />
            </PageTools>
          </LessonHead>
          <ClampNotes />
          <article className="prose-lesson">{children}</article>
          <LessonExercises exercises={exercises[slug] ?? []} />
          <LessonTail slug={slug} lessons={lessons} />
        </div>
      </div>
      <RunBar />
      <LiveRegion />
    </NotebookProvider>
  );
}
