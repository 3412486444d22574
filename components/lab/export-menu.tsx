'use client';

import { CellMenuItem } from '@/components/notebook/cell-menu';
import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import { usePopover } from '@/components/ui/use-popover';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { writeNotebookIpynb } from '@/lib/notebook/own/ipynb-file';
import { writeNotebook } from '@/lib/notebook/own/json-file';
import { writeNotebookLink } from '@/lib/notebook/own/link';
import { basePath } from '@/lib/runtime/assets';
import { SITE_VERSION } from '@/lib/runtime/version';
import { findNotebookCell } from './cells';

/** Longer links are cut off by some mail programs and chats. */
const LONG_LINK = 8192;

export function saveAsJson(notebook: NotebookDocument): void {
  const text = writeNotebook(notebook, SITE_VERSION);
  download(fileName(notebook.title || 'notebook', 'json'), new Blob([text], { type: 'application/json' }));
}

export function saveAsIpynb(notebook: NotebookDocument): void {
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
  );
  download(
    fileName(notebook.title || 'notebook', 'ipynb'),
    new Blob([text], { type: 'application/x-ipynb+json' }),
  );
}

/** Taking a notebook elsewhere: as a file, or as a link that holds it. */
export function ExportMenu({ notebook, say }: { notebook: NotebookDocument; say(words: string): void }) {
  const { opener, popover, close } = usePopover<HTMLDivElement>();

  function save(write: (notebook: NotebookDocument) => void, words: string) {
    close();
    write(notebook);
    say(words);
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
          <CellMenuItem onClick={() => save(saveAsJson, 'Exported as JSON.')}>Export as JSON</CellMenuItem>
          <CellMenuItem onClick={() => save(saveAsIpynb, 'Exported as a Jupyter notebook.')}>
            Export as .ipynb (Jupyter), without results
          </CellMenuItem>
          <CellMenuItem onClick={copyLink}>Copy a link that holds this notebook</CellMenuItem>
        </ul>
      </div>
    </>
  );
}
