import { DataTable } from '@/components/charts/data-table';
import { RECORDED } from './recorded';

/** What a cell has to show before it is started: results of earlier runs, where there are any, and called so. */
export function Poster({ cell, title }: { cell: string; title: string }) {
  const recorded = RECORDED[cell];
  if (!recorded) return null;
  return (
    <div className="grid gap-1">
      <DataTable table={recorded.table} name={title} />
      <p className="text-sm text-secondary">{recorded.source}</p>
    </div>
  );
}
