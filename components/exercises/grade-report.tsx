import type { Grade } from '@/lib/exercises/attempts';
import { InlineCode } from './inline-code';

/** What a grading found: each check, and of those that failed what was wrong and on which input. */
export function GradeReport({ grade }: { grade: Grade }) {
  const good = grade.checks.filter(({ passed }) => passed).length;
  return (
    <section
      aria-label="What the grader found"
      data-grade={grade.passed ? 'passed' : 'failed'}
      className="grid gap-3"
    >
      <p className="font-semibold">
        {grade.passed ? '✓ Passed: every check holds.' : `${good} of ${grade.checks.length} checks hold.`}
      </p>
      <ul className="grid gap-3">
        {grade.checks.map(({ id, passed, words, input, found }) => (
          <li
            key={id}
            data-check={id}
            className={`min-w-0 rounded-control border px-3 py-2 ${passed ? 'border-line' : 'border-danger bg-danger-soft'}`}
          >
            <p>
              <span className="font-medium">{passed ? '✓ Holds. ' : '✗ Fails. '}</span>
              <InlineCode>{words}</InlineCode>
            </p>
            {input === undefined && found === undefined ? null : (
              <dl className="mt-2 grid gap-1 text-sm">
                {input === undefined ? null : (
                  <div>
                    <dt className="inline font-medium">Input: </dt>
                    <dd className="inline break-words font-mono">{input}</dd>
                  </div>
                )}
                {found === undefined ? null : (
                  <div>
                    <dt className="inline font-medium">Found: </dt>
                    <dd className="inline break-words">{found}</dd>
                  </div>
                )}
              </dl>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
