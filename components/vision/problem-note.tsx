import type { PictureProblem } from './picture';

/** What was wrong with a picture or folder, and what to do. */
export function PictureProblemNote({ problem }: { problem: PictureProblem | null }) {
  return problem ? (
    <div
      role="alert"
      className="wrap-anywhere rounded-control border border-danger bg-danger-soft p-3 text-sm"
    >
      <p className="font-semibold">{problem.message}</p>
      <p>{problem.remedy}</p>
    </div>
  ) : null;
}
