import type { Metadata } from 'next';
import { ExerciseRoom } from '@/components/exercises/exercise-room';
import { EXERCISE_FACTS } from '@/components/exercises/facts';
import { programsOf } from '@/components/exercises/programs';
import { LESSON_FACTS } from '@/components/lessons/cells';
import { QuietLink } from '@/components/site/quiet-link';
import { EXERCISE_IDS, type ExerciseId } from '@/lib/exercises/names';

interface Props {
  params: Promise<{ exercise: ExerciseId }>;
}

export const dynamicParams = false;

export const generateStaticParams = () => EXERCISE_IDS.map((exercise) => ({ exercise }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, summary } = EXERCISE_FACTS[(await params).exercise];
  return { title, description: summary };
}

export default async function ExercisePage({ params }: Props) {
  const { exercise } = await params;
  const { title, lesson } = EXERCISE_FACTS[exercise];
  const facts = LESSON_FACTS.find(({ slug }) => slug === lesson);
  const link = 'underline underline-offset-2';
  return (
    <>
      <p className="mt-6 text-sm text-secondary sm:mt-10">
        <QuietLink href="/exercises/" className={link}>
          Exercise {EXERCISE_IDS.indexOf(exercise) + 1} of {EXERCISE_IDS.length}
        </QuietLink>
        {facts ? (
          <>
            {' · belongs to '}
            <QuietLink href={`/lessons/${lesson}/`} className={link}>
              {facts.title}
            </QuietLink>
          </>
        ) : null}
      </p>
      <h1 className="mt-1 mb-4 text-[2.06rem] font-bold leading-tight tracking-tight">{title}</h1>
      <ExerciseRoom id={exercise} {...(await programsOf(exercise))} />
    </>
  );
}
