/** Each lesson as a notebook, for those who want to change it. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findLesson, LESSONS } from '@/components/lessons/cells';
import { notebookOfLesson } from '@/lib/notebook/own/from-lesson';
import { writeNotebook } from '@/lib/notebook/own/json-file';
import { SITE_VERSION } from '@/lib/runtime/version';

export const dynamic = 'force-static';
export const dynamicParams = false;

export const generateStaticParams = () => LESSONS.map(({ slug }) => ({ lesson: slug }));

export async function GET(_request: Request, { params }: { params: Promise<{ lesson: string }> }) {
  const { lesson } = await params;
  const source = await readFile(resolve(process.cwd(), 'app/lessons', lesson, 'page.mdx'), 'utf8');
  const notebook = notebookOfLesson(source, lesson, findLesson(lesson).title);
  return new Response(writeNotebook(notebook, SITE_VERSION, { now: new Date(0) }), {
    headers: { 'content-type': 'application/json' },
  });
}
