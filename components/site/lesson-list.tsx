import { findCell, LESSONS } from '@/components/lessons/cells';
import { basePath } from '@/lib/runtime/assets';
import { FRAME_SIZE, framePath, LESSON_FRAMES } from './lesson-frames';
import { ProgressTicks } from './progress';
import { QuietLink } from './quiet-link';

/** What a cell of the lesson really showed, in the colours of the page. The picture that is not shown is not loaded either. */
function Frame({ lesson }: { lesson: string }) {
  const frame = LESSON_FRAMES[lesson];
  if (!frame) return null;
  const look = 'mb-4 aspect-video w-full rounded-control border border-line object-cover';
  return (['light', 'dark'] as const).map((theme) => (
    // biome-ignore lint/performance/noImgElement: a static export has no image service, and the files are small
    <img
      key={theme}
      src={`${basePath()}${framePath(lesson, theme)}`}
      alt={`Recorded from “${findCell(lesson, frame.cell)?.title}”`}
      {...FRAME_SIZE}
      loading="lazy"
      decoding="async"
      data-frame={theme}
      className={`${look} ${theme === 'light' ? 'dark:hidden' : 'hidden dark:block'}`}
    />
  ));
}

/** All lessons, in reading order, with what each takes. */
export function LessonList() {
  return (
    <ol className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      {LESSONS.map(({ slug, title, summary, minutes, needs, downloadMegabytes }, index) => (
        <li
          key={slug}
          className="relative rounded-cell border border-line bg-surface p-5 hover:border-line-strong"
        >
          <Frame lesson={slug} />
          <p className="text-sm font-medium text-accent tabular-nums">Lesson {index + 1}</p>
          <h3 className="mt-1 text-lg font-semibold leading-snug">
            <QuietLink
              href={`/lessons/${slug}/`}
              // The whole card can be pressed; only the title is read out as the link.
              className="after:absolute after:inset-0 after:rounded-cell hover:underline"
            >
              {title}
            </QuietLink>
          </h3>
          <p className="mt-1 text-secondary">{summary}</p>
          <dl className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-sm text-secondary">
            <div className="flex gap-1.5">
              <dt className="sr-only">Time</dt>
              <dd className="tabular-nums">{minutes} minutes</dd>
            </div>
            <div className="flex gap-1.5">
              <dt className="sr-only">Download</dt>
              <dd className="tabular-nums">
                {downloadMegabytes === 0 ? 'nothing to load' : `${downloadMegabytes} MB`}
              </dd>
            </div>
            <div className="flex gap-1.5">
              <dt className="sr-only">Hardware</dt>
              <dd>{needs}</dd>
            </div>
          </dl>
          <ProgressTicks slug={slug} />
        </li>
      ))}
    </ol>
  );
}
