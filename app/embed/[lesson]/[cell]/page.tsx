import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metadata } from 'next';
import { CODE_CELL, EMBEDDABLE, findEmbeddable } from '@/components/embed/embeddable';
import { EmbeddedCell } from '@/components/embed/embedded-cell';
import { Poster } from '@/components/embed/poster';
import { PosterLabel } from '@/components/embed/poster-label';
import { PLAYGROUND } from '@/components/home/playground-entry';
import { findCell } from '@/components/lessons/cells';
import { EpsilonFigureStill } from '@/components/training/epsilon-panel/still';
import { oembedDiscovery } from '@/lib/notebook/oembed';

interface Props {
  params: Promise<{ lesson: string; cell: string }>;
}

/** The text that a lesson's code cell begins with. */
const exampleOf = (lesson: string) =>
  readFile(join(process.cwd(), 'components/code/examples', `${lesson}.js`), 'utf8');

export const dynamicParams = false;

export const generateStaticParams = () => EMBEDDABLE.map(({ lesson, id }) => ({ lesson, cell: id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lesson, cell } = await params;
  const entry = findEmbeddable(lesson, cell);
  return {
    title: entry.title,
    description: entry.summary,
    ...oembedDiscovery(lesson, cell),
  };
}

/** The panel of the first page trains as the lesson's cell does with the settings that it begins with. */
const HomeStill = () => (
  <>
    <EpsilonFigureStill />
    <PosterLabel cell="train" />
  </>
);

export default async function EmbedPage({ params }: Props) {
  const { lesson, cell } = await params;
  const entry = findEmbeddable(lesson, cell);
  const recorded = findCell(lesson, cell);
  const isHome = lesson === PLAYGROUND.lesson;
  return (
    <EmbeddedCell
      lesson={lesson}
      cell={cell}
      title={entry.title}
      summary={entry.summary}
      poster={recorded ? <Poster cell={recorded} /> : isHome ? <HomeStill /> : null}
      {...(cell === CODE_CELL ? { code: await exampleOf(lesson) } : {})}
    />
  );
}
