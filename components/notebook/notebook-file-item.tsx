'use client';

import type { ReactNode } from 'react';
import { download, fileName } from '@/components/ui/download';
import { MenuItem } from '@/components/ui/menu-item';
import { useNotebook } from './notebook-provider';

export interface NotebookFileItemProps {
  /** Of the file. */
  title: string;
  /** @param link that leads back to the settings on the screen @returns the text of an .ipynb file */
  write(link: string): Promise<string>;
  /** Why there is none of these settings, in words; null where there is one. */
  reason?: string | null;
  children: ReactNode;
}

/** An entry of a cell's menu that hands its settings to another tool, as a Jupyter notebook. */
export function NotebookFileItem({ title, write, reason = null, children }: NotebookFileItemProps) {
  const { notebook } = useNotebook();
  async function save() {
    const text = await write(`${location.origin}${location.pathname}${notebook.hash()}`);
    download(fileName(title, 'ipynb'), new Blob([text], { type: 'application/x-ipynb+json' }));
  }
  return (
    <MenuItem onClick={save} disabled={reason !== null}>
      {children}
      {reason === null ? '' : `: ${reason}`}
    </MenuItem>
  );
}
