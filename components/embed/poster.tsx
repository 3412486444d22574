import { DataTable } from '@/components/charts/data-table';
import type { LessonCell } from '@/components/lessons/lesson';
import { PosterLabel } from './poster-label';
import { posterOf } from './recorded';

/** Results of earlier runs, where there are any, and called so. */
export async function Poster({ cell }: { cell: LessonCell }) {
  const poster = await posterOf(cell);
  if (!poster) return null;
  return (
    <div className="grid gap-1">
      <DataTable table={poster.table} name={cell.title} />
      <p className="text-sm text-secondary">{poster.source}</p>
      <PosterLabel cell={cell.id} />
    </div>
  );
}
