import type { Metadata } from 'next';
import { EmbeddedCell } from '@/components/embed/embedded-cell';
import { Poster } from '@/components/embed/poster';
import { CELLS, findCell } from '@/components/lessons/cells';
import { oembedPath } from '@/lib/notebook/oembed';

interface Props {
  params: Promise<{ lesson: string; cell: string }>;
}

export const dynamicParams = false;

export const generateStaticParams = () => CELLS.map(({ lesson, id }) => ({ lesson, cell: id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lesson, cell } = await params;
  const entry = findCell(lesson, cell)!;
  return {
    title: entry.title,
    description: entry.summary,
    alternates: { types: { 'application/json+oembed': oembedPath(lesson, cell) } },
  };
}

export default async function EmbedPage({ params }: Props) {
  const { lesson, cell } = await params;
  const entry = findCell(lesson, cell)!;
  return (
    <EmbeddedCell
      lesson={lesson}
      cell={cell}
      title={entry.title}
      summary={entry.summary}
      poster={<Poster cell={entry} />}
    />
  );
}
