'use client';

import { Button } from '@/components/ui/button';
import { Scrollable } from '@/components/ui/scrollable';
import type { AuditedExercise } from '@/lib/exercises/names';
import { CodeAuditReport } from './code-audit-report';
import { InlineCode } from './inline-code';
import { useSandboxWork } from './use-sandbox-work';

/** Audits the reader's code by one press: how much ε it has at least, under what it claims. No grade depends on it. */
export function CodeAudit({ id, code }: { id: AuditedExercise; code: string }) {
  const { work, start, stop } = useSandboxWork(async (text, signal) => {
    const { auditCode } = await import('./engine');
    signal.throwIfAborted();
    return auditCode(id, text, signal);
  });
  return (
    <section
      aria-label="Audit of your code"
      data-code-audit={work.state}
      className="grid min-w-0 justify-items-start gap-3 rounded-cell border border-line bg-surface p-4"
    >
      <h2 className="text-lg font-semibold">Audit your code</h2>
      <p className="max-w-[68ch]">
        An audit does not read your code. It tosses a coin for each of thousands of canaries, gives your
        functions the data with them or without, and guesses from the answers which were in. So it proves how
        large your code’s ε is at least. If that is more than what is claimed, the claim is false.
      </p>
      {work.state === 'running' ? (
        <Button look="danger" onClick={stop}>
          Stop the audit
        </Button>
      ) : (
        <Button onClick={() => void start(code)}>Audit</Button>
      )}
      <div role="status" className="grid w-full min-w-0 gap-3 empty:hidden">
        {work.state === 'running' ? (
          <p className="text-secondary">Auditing: calling your code with and without canaries…</p>
        ) : null}
        {work.state === 'failed' ? <p>{work.words}</p> : null}
        {work.state === 'done' ? (
          <>
            {work.code === code ? null : (
              <p className="text-secondary">The code has changed since it was audited.</p>
            )}
            {'found' in work.result ? (
              <CodeAuditReport found={work.result.found} />
            ) : (
              <>
                <p>
                  <InlineCode>{`Nothing could be audited. ${work.result.fault.words}`}</InlineCode>
                </p>
                {work.result.fault.input ? (
                  <Scrollable label="The call" className="overflow-x-auto font-mono text-sm">
                    {`${work.result.fault.input} gave ${work.result.fault.found}`}
                  </Scrollable>
                ) : null}
              </>
            )}
          </>
        ) : null}
      </div>
    </section>
  );
}
