'use client';

import { type ReactNode, useState } from 'react';
import { copyPicture } from '@/components/ui/copy-picture';
import { download, fileName } from '@/components/ui/download';
import { MenuItem } from '@/components/ui/menu-item';
import { usePopover } from '@/components/ui/use-popover';
import { longLinkWarning } from '@/lib/notebook';
import { runRecordFileName, writeRunRecord } from '@/lib/notebook/run-record';
import { basePath, SITE_VERSION } from '@/lib/runtime';
import type { ExperimentHandle } from './contracts';
import { headlineOf } from './headline';
import { useNotebook, useNotebookState } from './notebook-provider';
import { sourceOf } from './run-in-words';

// biome-ignore lint/suspicious/noExplicitAny: what a cell computes is written out, not looked at
type AnyHandle = ExperimentHandle<any, any, any>;

export interface CellMenuProps {
  title: string;
  handle: AnyHandle;
  /** Further entries: `<MenuItem>`s. */
  children?: ReactNode;
}

/** The largest drawing of a cell that is no chart: charts have buttons of their own. */
function pictureIn(place: string): HTMLCanvasElement | null {
  const all = [...document.querySelectorAll<HTMLCanvasElement>(`#${CSS.escape(place)} canvas`)];
  return all.sort((a, b) => b.width * b.height - a.width * a.height)[0] ?? null;
}

/** What else one can do with a cell: share its settings, keep its run. */
export function CellMenu({ title, handle, children }: CellMenuProps) {
  const { opener, popover, close } = usePopover<HTMLDivElement>();
  const [said, setSaid] = useState('');
  const [picture, setPicture] = useState<HTMLCanvasElement | null>(null);
  const { slug, notebook, lessonAddress, elementId } = useNotebook();

  async function copy(text: string, done: string) {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(done);
    } catch {
      // Refused in some frames and on plain http: the learner can still copy it by hand.
      setSaid(`Copying was not allowed. Here it is: ${text}`);
    }
  }

  /** With the settings of this moment: the address itself follows a slider a little later. */
  const link = () =>
    `${location.origin}${lessonAddress ?? `${location.pathname}${location.search}`}${notebook.hash()}`;

  function copyLink() {
    const address = link();
    const said = `The link is copied. It opens this ${lessonAddress === null ? 'page' : 'cell, in its lesson,'} with the same settings.`;
    return copy(address, [said, longLinkWarning(address)].filter(Boolean).join(' '));
  }

  function copyCitation() {
    const day = new Date().toISOString().slice(0, 10);
    return copy(
      `Epsilon Playground, version ${SITE_VERSION}: “${title}”. ${link()} (run on ${day}).`,
      'The citation is copied.',
    );
  }

  /** With what was found, the settings and where it is from, as a chart is saved. */
  async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
    const words = {
      title,
      caption: headlineOf(canvas.closest<HTMLElement>('[data-cell]')),
      source: sourceOf(handle.record(), title),
    };
    const { canvasToPicture } = await import('@/components/charts/export-png');
    return canvasToPicture(canvas, words);
  }

  async function withSaid(work: Promise<unknown>, done: string) {
    try {
      await work;
      setSaid(done);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  }

  const copyCanvas = (canvas: HTMLCanvasElement) =>
    withSaid(copyPicture(pngOf(canvas), '“Save the picture” writes it as a file.'), 'The picture is copied.');

  const saveCanvas = (canvas: HTMLCanvasElement) =>
    withSaid(
      pngOf(canvas).then((png) => download(fileName(title, 'png'), png)),
      'The picture is saved.',
    );

  function embed() {
    close();
    window.open(`${basePath()}/embed/?cell=${slug}/${handle.cellId}${notebook.hash()}`, '_blank', 'noopener');
  }

  async function saveRun() {
    const record = handle.record();
    close();
    if (!record) return;
    const charged = record.provenance?.charged;
    // Its label comes with the accountant. Where that does not load, the run is saved without.
    const made = charged && (await import('../label/label-of-charge').catch(() => null));
    const text = writeRunRecord({ ...record, ...(made && { labels: [made.labelOfCharge(charged)] }) });
    download(runRecordFileName(record), new Blob([text], { type: 'application/json' }));
  }

  return (
    <>
      <button
        type="button"
        {...opener}
        data-cell-menu
        aria-label={`More about “${title}”`}
        className="grid h-8 w-8 place-items-center rounded-control text-secondary hover:bg-ground hover:text-text"
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor">
          <circle cx="3" cy="8" r="1.5" />
          <circle cx="8" cy="8" r="1.5" />
          <circle cx="13" cy="8" r="1.5" />
        </svg>
      </button>
      <div
        {...popover}
        onToggle={() => {
          setSaid('');
          setPicture(pictureIn(elementId(handle.cellId)));
        }}
        className="info-popover w-[min(18rem,calc(100vw-1.5rem))] rounded-cell border border-line-strong bg-raised p-1.5 text-sm text-text shadow-(--shadow)"
      >
        <ul>
          <MenuItem onClick={copyLink}>Copy a link to these settings</MenuItem>
          <MenuItem onClick={copyCitation}>Copy a citation</MenuItem>
          <MenuItem onClick={embed}>Embed this cell in a page</MenuItem>
          <MenuItem onClick={saveRun} disabled={handle.ranWith === null}>
            Save this run as JSON
          </MenuItem>
          {picture ? (
            <>
              <MenuItem onClick={() => copyCanvas(picture)}>Copy the picture</MenuItem>
              <MenuItem onClick={() => saveCanvas(picture)}>Save the picture as PNG</MenuItem>
            </>
          ) : null}
          {handle.reactive ? null : <PauseItem id={handle.cellId} />}
          {children}
        </ul>
        <p role="status" className="px-2.5 text-secondary break-words empty:hidden">
          {said}
        </p>
      </div>
    </>
  );
}

/** A run goes on while nobody looks; this lets it rest meanwhile, for the sake of a battery. Holds as long as the page is open. */
function PauseItem({ id }: { id: string }) {
  const { notebook } = useNotebook();
  const pauses = useNotebookState((state) => state.pausedWhenHidden.includes(id));
  return (
    <li>
      <label className="flex min-h-9 items-center gap-2 rounded-control px-2.5 hover:bg-ground">
        <input
          type="checkbox"
          checked={pauses}
          onChange={(event) => notebook.pauseWhenHidden(id, event.target.checked)}
          className="h-4 w-4 shrink-0 accent-(--accent)"
        />
        Pause while this page is hidden
      </label>
    </li>
  );
}
