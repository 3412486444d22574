import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metadata } from 'next';
import { CODE_CELL, EMBEDDABLE, findEmbeddable } from '@/components/embed/embeddable';
import { EmbeddedCell } from '@/components/embed/embedded-cell';
import { Poster } from '@/components/embed/poster';
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
      poster={recorded ? <Poster cell={recorded} /> : isHome ? <EpsilonFigureStill /> : null}
      {...(cell === CODE_CELL ? { code: await exampleOf(lesson) } : {})}
    />
  );
}
