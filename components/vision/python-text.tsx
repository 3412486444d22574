'use client';

import { useNotebook } from '@/components/notebook/notebook-provider';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { download } from '@/components/ui/download';
import { type PythonSettings, pythonExample } from '@/lib/detection/python';

/** The current settings as a program to take home. */
export function PythonText({ settings, note }: { settings: PythonSettings; note?: string }) {
  const { notebook } = useNotebook();
  const program = pythonExample(settings);
  return (
    <section aria-label="The same in Python" className="grid gap-2" data-python>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">The same in Python</h3>
        <span className="flex flex-wrap items-center gap-2">
          <CopyButton text={program} />
          <Button
            small
            onClick={async () => {
              // With what checks notebooks: more than the page itself needs.
              const { ultralyticsNotebook } = await import('@/lib/notebook/python/ultralytics');
              const link = `${location.origin}${location.pathname}${notebook.hash()}`;
              const file = ultralyticsNotebook(settings, link);
              download('noise-on-pixels.ipynb', new Blob([file], { type: 'application/x-ipynb+json' }));
            }}
          >
            As a notebook
          </Button>
        </span>
      </div>
      <pre
        // Wider than a phone: it must be possible to scroll it by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        className="overflow-x-auto rounded-control border border-line bg-ground p-3 text-sm leading-snug"
      >
        <code>{program}</code>
      </pre>
      <p className="text-sm text-secondary">
        It makes the picture as large as it is on this page, and disturbs that. Its random numbers are
        NumPy’s: the same noise in distribution, not pixel by pixel.
        {note ? ` ${note}` : ''}
      </p>
    </section>
  );
}
