import { EXERCISES_OF_LESSONS } from '@/components/exercises/facts';
import { findCellById } from '@/components/lessons/cells';
import type { Lesson } from '@/components/lessons/lesson';
import { QuietLink } from '@/components/site/quiet-link';
import { count } from '@/components/ui/format';
import type { AskedQuestion } from '@/lib/gradebook/parts';
import { EXERCISE_NOTES } from './exercise-notes';
import type { TeachingNotes } from './notes';
import { minutesToRead } from './reading';

/** One lesson for its teacher. */
export function LessonGuide({
  lesson: { slug, title, summary, minutes, needs, downloadMegabytes, cells },
  number,
  notes,
  asked,
  words,
}: {
  lesson: Lesson;
  number: number;
  notes: TeachingNotes;
  /** In the lesson itself. */
  asked: readonly AskedQuestion[];
  /** To read in it. */
  words: number;
}) {
  const link = 'text-accent underline underline-offset-2';
  return (
    <section
      id={slug}
      aria-labelledby={`${slug}-title`}
      className="grid max-w-[68ch] scroll-mt-20 gap-3 border-t border-line pt-8 break-inside-auto"
    >
      <h3 id={`${slug}-title`} className="text-xl font-semibold">
        {number}. <QuietLink href={`/lessons/${slug}/`}>{title}</QuietLink>
      </h3>
      <p className="text-sm text-secondary">
        {minutes} minutes · {downloadMegabytes === 0 ? 'nothing' : `${downloadMegabytes} MB`} to load ·{' '}
        {needs}
      </p>
      <p className="text-sm text-secondary" data-counted>
        {count(words)} words to read, about {minutesToRead(words)} minutes of it · {cells.length} experiments
        · {asked.length} questions
      </p>
      <p>
        <strong>What it is for.</strong> {notes.purpose}
      </p>
      <p>{summary}</p>
      <h4 className="font-semibold">Beliefs that it meets</h4>
      <dl className="grid gap-2">
        {notes.misconceptions.map(({ belief, truth, cell }) => (
          <div key={belief}>
            <dt className="font-medium">“{belief}”</dt>
            <dd>
              {truth} See{' '}
              <QuietLink href={`/lessons/${slug}/#${cell}`} className={link}>
                {findCellById(cell)?.title}
              </QuietLink>
              .
            </dd>
          </div>
        ))}
      </dl>
      <h4 className="font-semibold">To talk about in class</h4>
      <ul className="list-disc pl-5">
        {notes.questions.map((question) => (
          <li key={question}>{question}</li>
        ))}
      </ul>
      <h4 className="font-semibold">What the class does</h4>
      <ol className="list-decimal pl-5">
        {cells.map((cell) => (
          <li key={cell.id}>
            <strong>{cell.title}.</strong> {cell.summary}
          </li>
        ))}
      </ol>
      <h4 className="font-semibold">Exercises that grade themselves</h4>
      <dl className="grid gap-2" data-exercises>
        {(EXERCISES_OF_LESSONS[slug] ?? []).map(({ id, title: name }) => (
          <div key={id}>
            <dt className="font-medium">
              <QuietLink href={`/exercises/${id}/`} className={link}>
                {name}
              </QuietLink>
            </dt>
            <dd>
              A mistake to expect: {EXERCISE_NOTES[id].mistake}
              <span className="block">
                <strong>To ask whoever has passed.</strong> {EXERCISE_NOTES[id].ask}{' '}
                <span className="text-secondary">Fully answered: {EXERCISE_NOTES[id].full}</span>
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <details open>
        <summary className="cursor-pointer font-semibold">
          Questions that the lesson asks, with answers ({asked.length})
        </summary>
        <ol className="mt-2 grid list-decimal gap-2 pl-5">
          {asked.map(({ prompt, options }) => (
            <li key={prompt}>
              {prompt}
              {options
                .filter(({ correct }) => correct)
                .map(({ label, reason }) => (
                  <p key={label} className="text-secondary">
                    <strong>{label}</strong> {reason}
                  </p>
                ))}
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
