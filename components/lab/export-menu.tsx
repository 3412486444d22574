'use client';

import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import { plural } from '@/components/ui/format';
import { MenuItem } from '@/components/ui/menu-item';
import { usePopover } from '@/components/ui/use-popover';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { writeNotebookIpynb } from '@/lib/notebook/own/ipynb-file';
import { writeNotebook } from '@/lib/notebook/own/json-file';
import { writeNotebookLink } from '@/lib/notebook/own/link';
import type { Results } from '@/lib/notebook/own/results';
import { basePath } from '@/lib/runtime/assets';
import { SITE_VERSION } from '@/lib/runtime/version';
import { findNotebookCell } from './cells';

/** Longer links are cut off by some mail programs and chats. */
const LONG_LINK = 8192;

export function saveAsJson(notebook: NotebookDocument, found: Results): void {
  const text = writeNotebook(notebook, SITE_VERSION, { found });
  download(fileName(notebook.title || 'notebook', 'json'), new Blob([text], { type: 'application/json' }));
}

export function saveAsIpynb(notebook: NotebookDocument, found: Results): void {
  const site = `${location.origin}${basePath()}/`;
  const text = writeNotebookIpynb(
    notebook,
    ({ cell, settings }) => {
      const entry = findNotebookCell(cell);
      return {
        title: entry?.title ?? cell,
        summary: entry?.summary ?? 'An experiment that this version of the site does not know.',
        address: `${site}lab/?cell=${cell}${settings}`,
      };
    },
    site,
    found,
  );
  download(
    fileName(notebook.title || 'notebook', 'ipynb'),
    new Blob([text], { type: 'application/x-ipynb+json' }),
  );
}

/** What a file holds beside the cells. */
function inWords({ cells, code, runs }: Results): string {
  const found = Object.keys(cells).length + Object.keys(code).length;
  if (found + runs.length === 0) return 'No cell has found anything yet.';
  return `It holds the results of ${plural(found, 'cell')} and ${plural(runs.length, 'run')}.`;
}

export interface ExportMenuProps {
  notebook: NotebookDocument;
  /** Gathers what its cells have found. */
  results(): Promise<Results>;
  /** Brings the whole notebook onto the page, as a print needs it. */
  beforePrint(): Promise<void>;
  say(words: string): void;
}

/** Taking a notebook elsewhere: as a file or on paper, or as a link that holds it. */
export function ExportMenu({ notebook, results, beforePrint, say }: ExportMenuProps) {
  const { opener, popover, close } = usePopover<HTMLDivElement>();

  async function save(write: typeof saveAsJson, words: string) {
    close();
    say('Gathering what the cells have found …');
    try {
      const found = await results();
      write(notebook, found);
      say(`${words} ${inWords(found)}`);
    } catch (error) {
      say(`The file could not be made: ${error instanceof Error ? error.message : error}`);
    }
  }

  async function print() {
    close();
    say('Bringing every cell onto the page …');
    await beforePrint();
    say('');
    // After the page has drawn what came.
    setTimeout(() => window.print(), 300);
  }

  async function copyLink() {
    close();
    const hash = writeNotebookLink(notebook);
    if (hash === null) return say('This notebook is too long for a link. Export it as a file instead.');
    const address = `${location.origin}${basePath()}/lab/${hash}`;
    const long =
      address.length > LONG_LINK
        ? ` It is ${Math.ceil(address.length / 1024)} kB long: some programs cut such links off.`
        : '';
    try {
      await navigator.clipboard.writeText(address);
      say(`The link is copied. Whoever opens it gets a copy of this notebook.${long}`);
    } catch {
      say(`Copying was not allowed. Here is the link: ${address}`);
    }
  }

  return (
    <>
      <Button small {...opener} title="Take this notebook elsewhere">
        Export
      </Button>
      <div
        {...popover}
        className="help-popover w-[min(20rem,calc(100vw-1.5rem))] rounded-cell border border-line-strong bg-raised p-1.5 text-sm text-text shadow-(--shadow)"
      >
        <ul>
          <MenuItem onClick={() => save(saveAsJson, 'Exported as JSON.')}>Export as JSON</MenuItem>
          <MenuItem onClick={() => save(saveAsIpynb, 'Exported as a Jupyter notebook.')}>
            Export as .ipynb (Jupyter)
          </MenuItem>
          <MenuItem onClick={print}>Print, or save as PDF</MenuItem>
          <MenuItem onClick={copyLink}>Copy a link that holds this notebook</MenuItem>
        </ul>
      </div>
    </>
  );
}
