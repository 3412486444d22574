import type { Metadata } from 'next';
import { PLAYGROUND } from '@/components/home/playground-entry';
import { findLesson, LESSONS } from '@/components/lessons/cells';
import { lessonMetadata } from '@/components/lessons/lesson';
import { GoPresent } from '@/components/notebook/go-present';

interface Props {
  params: Promise<{ lesson: string }>;
}

export const dynamicParams = false;

export const generateStaticParams = () =>
  [...LESSONS.map(({ slug }) => slug), PLAYGROUND.lesson].map((lesson) => ({ lesson }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lesson } = await params;
  return lesson === PLAYGROUND.lesson
    ? { title: PLAYGROUND.title, description: PLAYGROUND.summary }
    : lessonMetadata(findLesson(lesson));
}

/** A short address for the front of a room: the lesson itself, or the home page, presenting. */
export default async function PresentPage({ params }: Props) {
  const { lesson } = await params;
  if (lesson === PLAYGROUND.lesson) return <GoPresent path="/" title={PLAYGROUND.title} />;
  return <GoPresent path={`/lessons/${lesson}/`} title={findLesson(lesson).title} />;
}
