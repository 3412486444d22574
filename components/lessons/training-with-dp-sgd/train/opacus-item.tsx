'use client';

import { CellMenuItem } from '@/components/notebook/cell-menu';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { download, fileName } from '@/components/ui/download';
import type { TrainMnistParams } from '../experiments/train-mnist';
import { notInOpacus } from '../opacus-of-run';

/** The settings on the screen as a Python notebook; where it cannot say them all, why. */
export function OpacusItem({ params }: { params: TrainMnistParams }) {
  const { notebook } = useNotebook();
  const reason = notInOpacus(params);

  async function save() {
    const [{ opacusNotebook }, { opacusSettings }] = await Promise.all([
      import('@/lib/notebook/python/opacus'),
      import('../opacus-of-run'),
    ]);
    const link = `${location.origin}${location.pathname}${notebook.hash()}`;
    const file = opacusNotebook(opacusSettings(params, link));
    download(fileName('DP-SGD with Opacus', 'ipynb'), new Blob([file], { type: 'application/x-ipynb+json' }));
  }

  return (
    <CellMenuItem onClick={save} disabled={reason !== null}>
      {reason === null
        ? 'Opacus notebook (.ipynb) of these settings'
        : `No Opacus notebook of these settings: ${reason}`}
    </CellMenuItem>
  );
}
