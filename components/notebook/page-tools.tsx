'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { MenuItem } from '@/components/ui/menu-item';
import { InfoPanel } from './info-panel';
import { useNotebook } from './notebook-provider';
import { PagePowers } from './page-powers';
import { ToolsMenu } from './tools-menu';
import { inPageOrder, useRunBar } from './use-run-bar';
import { wakeAll } from './wake-all';

/** The commands for the whole page, and the hardware it uses: behind one button, so that a page begins with what it is about. */
export function PageTools({
  children,
  beforeAll,
}: {
  /** Further entries. */
  children?: ReactNode;
  /** Brings the cells onto the page that Run all is to run. */
  beforeAll?: () => Promise<void>;
}) {
  const { notebook } = useNotebook();
  const { cells, several, stopAll } = useRunBar();
  async function runAll() {
    await Promise.all([beforeAll?.(), wakeAll(notebook)]);
    notebook.runAll(inPageOrder(notebook.store.getState().cells).map(({ id }) => id));
  }
  return (
    <div className="no-print flex items-center gap-2 text-sm">
      {several ? (
        <Button small look="danger" onClick={stopAll}>
          Stop all
        </Button>
      ) : null}
      <ToolsMenu foot={<InfoPanel />}>
        {(close) => (
          <>
            <MenuItem
              onClick={() => {
                close();
                void runAll();
              }}
              disabled={several || (cells.length === 0 && !beforeAll)}
            >
              Run all
            </MenuItem>
            <PagePowers onChosen={close} />
            {children}
          </>
        )}
      </ToolsMenu>
    </div>
  );
}
