'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import { longLinkWarning } from '@/lib/notebook/link';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { lastRuns } from '@/lib/notebook/own/results';
import type { RunRow } from '@/lib/notebook/own/run-table';
import type { ShownByPlace } from '@/lib/notebook/own/shown';
import { makeWork, WORK_LIMITS, type WorkBody, writeWork, writeWorkLink } from '@/lib/notebook/own/work';
import { basePath } from '@/lib/runtime/assets';
import { SITE_VERSION } from '@/lib/runtime/version';
import { outputsOf, picturesOf } from '../pictures';
import { nameOf } from '../use-editing';

/** The end of an assignment: its work as a file, or as a link without pictures. */
export function HandIn({
  assignment,
  work,
  runs,
  shown,
}: {
  assignment: NotebookDocument;
  work: NotebookDocument;
  runs: readonly RunRow[];
  /** What is kept of what cells showed before the page was reloaded. */
  shown(): ShownByPlace;
}) {
  const id = useId();
  const [learner, setLearner] = useState('');
  const [said, setSaid] = useState('');

  const body = (): WorkBody => ({
    ...{ version: SITE_VERSION, learner: learner.trim(), assignment, work, runs },
    ...{ outputs: {}, pictures: [] },
  });

  async function save() {
    const code = work.cells.filter(({ kind }) => kind === 'code').map((cell) => cell.id);
    const cells = work.cells
      .filter(({ kind }) => kind === 'cell')
      .map((cell) => [cell.id, nameOf(cell)] as const);
    const made = makeWork({
      ...body(),
      outputs: outputsOf(code),
      pictures: await picturesOf(cells, lastRuns(runs), shown()),
    });
    download(
      fileName(`${work.title || 'assignment'} ${learner}`.trim(), 'json'),
      new Blob([writeWork(made)], { type: 'application/json' }),
    );
    setSaid(
      `Saved, with ${made.pictures.length} pictures. Checksum ${made.checksum.slice(0, 12)}…. Give the file to your teacher.`,
    );
  }

  async function copy() {
    const hash = writeWorkLink(body());
    if (hash === null) return setSaid('This work is too long for a link. Save it as a file instead.');
    const link = `${location.origin}${basePath()}/lab/${hash}`;
    try {
      await navigator.clipboard.writeText(link);
      setSaid(`The link is copied; it holds no pictures. ${longLinkWarning(link) ?? ''}`);
    } catch {
      setSaid(`Copying was not allowed. Here is the link: ${link}`);
    }
  }

  return (
    <section
      aria-labelledby={`${id}-title`}
      data-hand-in
      className="no-print mt-10 grid max-w-[44rem] gap-3 rounded-cell border border-line bg-surface p-5"
    >
      <h2 id={`${id}-title`} className="text-lg font-semibold">
        Hand in
      </h2>
      <p>
        What you hand in holds your code, settings, answers and runs, and pictures of what is on this page now
        or was before it was reloaded. Nothing is sent: you save it, and give it to your teacher yourself.
      </p>
      <label className="grid gap-1">
        <span className="font-medium">Your name, as your teacher knows you</span>
        <input
          value={learner}
          maxLength={WORK_LIMITS.nameCharacters}
          onChange={(event) => setLearner(event.target.value)}
          autoComplete="name"
          className="min-h-10 w-full max-w-80 rounded-control border border-line-strong bg-surface px-3"
        />
      </label>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => void save()}>
          Save as a file
        </Button>
        <Button onClick={() => void copy()}>Copy as a link</Button>
      </div>
      <p role="status" className="break-words text-sm text-secondary empty:hidden">
        {said}
      </p>
    </section>
  );
}
