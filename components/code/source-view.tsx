import { Scrollable } from '@/components/ui/scrollable';

/** The source of a module that ran, as it is: not a copy that could drift. */
export function Source({ file, source }: { file: string; source: string }) {
  return (
    <details className="not-prose in-text my-4 rounded-cell border border-line bg-surface">
      <summary className="cursor-pointer px-4 py-2.5 font-medium">
        The code that ran: <code className="font-mono text-sm">{file}</code>
      </summary>
      <Scrollable
        label={`Source of ${file}`}
        className="max-h-[32rem] overflow-auto border-t border-line p-4"
      >
        <pre className="font-mono text-sm leading-relaxed">{source}</pre>
      </Scrollable>
    </details>
  );
}
