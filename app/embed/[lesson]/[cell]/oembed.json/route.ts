import { EMBEDDABLE, findEmbeddable } from '@/components/embed/embeddable';
import { LESSONS } from '@/components/lessons/cells';
import { cardOf } from '@/components/site/lesson-frames';
import { oembed } from '@/lib/notebook/oembed';

export const dynamic = 'force-static';
export const dynamicParams = false;

export const generateStaticParams = () => EMBEDDABLE.map(({ lesson, id }) => ({ lesson, cell: id }));

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ lesson: string; cell: string }> },
) {
  const { lesson, cell } = await params;
  const cells = LESSONS.find(({ slug }) => slug === lesson)?.cells ?? [];
  return Response.json(oembed(lesson, cell, findEmbeddable(lesson, cell).title, cardOf(lesson, cells)));
}
