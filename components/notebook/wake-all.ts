import { releaseAll } from '@/components/ui/use-near';
import type { Notebook } from '@/lib/notebook/store';

/** Milliseconds after which those that are awake do without the rest. */
const PATIENCE = 5000;

const frame = () => new Promise((done) => requestAnimationFrame(done));

/** Wakes every cell of the page, and is over when all have said that they are there. */
export async function wakeAll({ store }: Notebook): Promise<void> {
  releaseAll();
  const end = performance.now() + PATIENCE;
  const missing = () => {
    const known = new Set(store.getState().cells.map(({ id }) => id));
    return [...document.querySelectorAll<HTMLElement>('[data-apart] [data-cell]')].some(
      ({ dataset }) => !known.has(dataset.cell ?? ''),
    );
  };
  while (missing() && performance.now() < end) await frame();
}
