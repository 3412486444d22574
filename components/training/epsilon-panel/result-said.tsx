/** Says a run's result to those who do not see it, once it is there: the numbers, not only that it is done. */
import { type OwnRun, resultInWords } from './shown';

/** @param own null while there is no finished run */
export function ResultSaid({ own }: { own: OwnRun | null }) {
  return (
    <p role="status" className="sr-only" data-result>
      {own && !own.stale ? resultInWords(own) : ''}
    </p>
  );
}
