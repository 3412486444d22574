import { findLesson, LESSONS } from '@/components/lessons/cells';
import { lessonMetadata } from '@/components/lessons/lesson';
import { GoPresent } from '@/components/notebook/go-present';

interface Props {
  params: Promise<{ lesson: string }>;
}

export const dynamicParams = false;

export const generateStaticParams = () => LESSONS.map(({ slug }) => ({ lesson: slug }));

export const generateMetadata = async ({ params }: Props) =>
  lessonMetadata(findLesson((await params).lesson));

/** A short address for the front of a room: the lesson itself, presenting. */
export default async function PresentPage({ params }: Props) {
  const { lesson } = await params;
  return <GoPresent lesson={lesson} title={findLesson(lesson).title} />;
}
