import { count } from '@/components/ui/format';
import { formatSeconds } from './time';

export interface CellProgressProps {
  label: string | null;
  step: number;
  total: number | null;
  elapsedSeconds: number;
  secondsLeft: number | null;
}

/** How far a run is: what is being done, step of total, time gone and time left. */
export function CellProgress({ label, step, total, elapsedSeconds, secondsLeft }: CellProgressProps) {
  return (
    <div className="grid gap-1.5 text-sm text-secondary">
      <div className="flex flex-wrap justify-between gap-x-4">
        <span className="text-text">{label ?? 'Starting'}</span>
        <span className="tabular-nums">
          {total === null ? null : `${count(Math.round(step))} of ${count(total)} · `}
          {formatSeconds(elapsedSeconds)}
          {secondsLeft === null ? null : ` · about ${formatSeconds(secondsLeft)} left`}
        </span>
      </div>
      <progress
        aria-label={label ?? 'Progress'}
        className="progress h-1.5 w-full"
        {...(total === null ? {} : { value: step, max: total })}
      />
    </div>
  );
}
