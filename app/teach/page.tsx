import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Metadata } from 'next';
import { LESSONS } from '@/components/lessons/cells';
import { QuietLink } from '@/components/site/quiet-link';
import { EXERCISE_LEVELS } from '@/components/teach/exercise-notes';
import { LessonGuide } from '@/components/teach/lesson-guide';
import { NOTES } from '@/components/teach/notes';
import { WORDS_A_MINUTE, wordsIn } from '@/components/teach/reading';
import { RUBRIC } from '@/components/teach/rubric';
import { Workshop } from '@/components/teach/workshop';
import { questionsIn } from '@/lib/gradebook/parts';
import { notebookOfLesson } from '@/lib/notebook/own/from-lesson';

export const metadata: Metadata = {
  title: 'For teachers',
  description: 'What each lesson is for, how long it takes, which beliefs it meets, and what to ask a class.',
};

/** What is to be read and answered in a lesson, from its own source. */
async function readIn(slug: string, title: string) {
  const source = await readFile(resolve(process.cwd(), 'app/lessons', slug, 'page.mdx'), 'utf8');
  const { cells } = notebookOfLesson(source, slug, title);
  const texts = cells.flatMap((cell) => (cell.kind === 'text' ? [cell.text] : []));
  return { asked: texts.flatMap(questionsIn), words: texts.reduce((sum, text) => sum + wordsIn(text), 0) };
}

const link = 'text-accent underline underline-offset-2';

export default async function Teach() {
  const read = await Promise.all(LESSONS.map(({ slug, title }) => readIn(slug, title)));
  const hours = LESSONS.reduce((sum, { minutes }) => sum + minutes, 0) / 60;
  return (
    <div className="grid gap-8">
      <div>
        <h1 className="mt-8 text-[2.06rem] font-bold leading-tight tracking-tight sm:mt-12">For teachers</h1>
        <p className="mt-3 max-w-[68ch] text-lg text-secondary">
          Ten lessons, about {hours.toFixed(0)} hours in all. Each stands by itself; the first is the one to
          begin with. Print this page to have it beside you.
        </p>
        <nav aria-label="On this page" className="no-print mt-4">
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            <li>
              <a href="#lessons" className={link}>
                Lessons
              </a>
            </li>
            <li>
              <a href="#mark" className={link}>
                Marking
              </a>
            </li>
            <li>
              <a href="#exercises" className={link}>
                Exercises
              </a>
            </li>
            <li>
              <a href="#course" className={link}>
                In a course
              </a>
            </li>
            <li>
              <a href="#workshop" className={link}>
                Without internet
              </a>
            </li>
          </ul>
        </nav>
      </div>
      <div className="grid gap-8">
        <div>
          <h2 id="lessons" className="scroll-mt-20 text-[1.44rem] font-semibold tracking-tight">
            Lessons
          </h2>
          <p className="mt-2 max-w-[68ch] text-secondary">
            The minutes are those that a lesson’s own page names: for reading it and working through its cells
            once. They are an estimate of ours; no class was timed. What is counted is what there is to read
            (at {WORDS_A_MINUTE} words a minute), to run and to answer. A talk in class comes on top.
          </p>
        </div>
        {LESSONS.map((lesson, at) => (
          <LessonGuide
            key={lesson.slug}
            lesson={lesson}
            number={at + 1}
            notes={NOTES[lesson.slug]!}
            {...read[at]!}
          />
        ))}
      </div>
      <section aria-labelledby="mark" className="grid gap-3">
        <h2 id="mark" className="scroll-mt-20 text-[1.44rem] font-semibold tracking-tight">
          Marking open work
        </h2>
        <div className="max-w-[68ch] overflow-x-auto">
          <table className="w-full border-collapse text-sm [&_td]:border-b [&_td]:border-line [&_td]:p-2 [&_td]:align-top [&_th]:border-b [&_th]:border-line-strong [&_th]:p-2 [&_th]:text-left">
            <thead>
              <tr>
                <th scope="col">The work …</th>
                <th scope="col">0</th>
                <th scope="col">1</th>
                <th scope="col">2</th>
              </tr>
            </thead>
            <tbody>
              {RUBRIC.map(({ name, levels }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {levels.map((level) => (
                    <td key={level}>{level}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section aria-labelledby="exercises" className="grid max-w-[68ch] gap-3">
        <h2 id="exercises" className="scroll-mt-20 text-[1.44rem] font-semibold tracking-tight">
          Marking exercises
        </h2>
        <p>
          The{' '}
          <QuietLink href="/exercises/" className={link}>
            exercises
          </QuietLink>{' '}
          grade themselves: the grade is the share of checks that hold. A right program is turned down by
          chance in fewer than one of ten million gradings; a wrong one may pass if its fault is too small.
          Grading takes seconds: in Node the longest of the twelve took about 4 of processor time (December
          2026); browsers were not timed. The grade says that the code is right, not that it was understood.
          So ask, with each lesson’s question above, and mark what is told:
        </p>
        <ol start={0} className="grid list-decimal gap-1 pl-5">
          {EXERCISE_LEVELS.map((level) => (
            <li key={level}>{level}</li>
          ))}
        </ol>
        <p>
          In the{' '}
          <QuietLink href="/lab/" className={link}>
            lab
          </QuietLink>{' '}
          an exercise can be put into a notebook, between texts and experiments (“Experiment”, then its name),
          and given with <strong>Assign</strong>. What comes back has the code and the best grade, as the
          learner’s browser has it: grade the code again when it matters.
        </p>
      </section>
      <section aria-labelledby="course" className="grid max-w-[68ch] gap-3">
        <h2 id="course" className="scroll-mt-20 text-[1.44rem] font-semibold tracking-tight">
          In a course
        </h2>
        <p>
          A lesson, an exercise or all of them, or a notebook from the{' '}
          <QuietLink href="/lab/" className={link}>
            lab
          </QuietLink>
          , can be a package for the gradebook of a course: SCORM 1.2, SCORM 2004 or cmi5. Whoever builds the
          site makes it:
        </p>
        <pre className="overflow-x-auto rounded-control border border-line bg-surface p-3 text-sm">
          npm run scorm -- {LESSONS[0]!.slug}
          {'\n'}npm run scorm -- exercises --pass 0.6
        </pre>
        <p>
          The course then sees what is done, a score and where to go on. The first answer to a question
          counts; of an exercise the best grading. All of it comes from the learner’s own browser: it shows
          who worked, and proves nothing about a learner who wants to cheat.
        </p>
        <p>
          Single cells can stand in your own pages, and tell them what learners do:{' '}
          <QuietLink href="/embed/" className={link}>
            embed a cell
          </QuietLink>
          .
        </p>
      </section>
      <section aria-labelledby="workshop" className="grid gap-3">
        <h2 id="workshop" className="scroll-mt-20 text-[1.44rem] font-semibold tracking-tight">
          A workshop without internet
        </h2>
        <Workshop />
      </section>
    </div>
  );
}
