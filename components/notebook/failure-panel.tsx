import { Button } from '@/components/ui/button';
import type { Failure } from '@/lib/runtime/experiment';
import { blamesBackend } from '@/lib/runtime/failure';

/** What happened, what to do next, and buttons that do it. */
export function FailurePanel({
  failure,
  run,
  restartOnNextBackend,
}: {
  failure: Failure;
  run(): void;
  restartOnNextBackend(): void;
}) {
  return (
    <div
      role="alert"
      data-failure={failure.code}
      className="rounded-control border border-danger bg-danger-soft px-4 py-3 wrap-anywhere"
    >
      <p className="font-semibold">{failure.message}</p>
      <p className="mt-1">{failure.remedy}</p>
      {blamesBackend(failure) ? (
        <p className="mt-1">The other cells of this page will avoid the failed backend from then on, too.</p>
      ) : null}
      <div className="mt-3 flex flex-wrap gap-2">
        {blamesBackend(failure) ? (
          <Button small look="primary" onClick={restartOnNextBackend}>
            Restart on the next backend
          </Button>
        ) : null}
        <Button small onClick={run}>
          Run again
        </Button>
      </div>
    </div>
  );
}
