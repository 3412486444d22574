'use client';

import { CellMenuItem } from '@/components/notebook/cell-menu';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { download, fileName } from '@/components/ui/download';
import type { TrainMnistParams } from '../experiments/train-mnist';

/** The settings on the screen as a Python notebook, for one process and for several. */
export function OpacusItem({ params }: { params: TrainMnistParams }) {
  const { notebook } = useNotebook();

  async function save() {
    const [{ opacusNotebook }, { opacusSettings }] = await Promise.all([
      import('@/lib/notebook/python/opacus'),
      import('../opacus-of-run'),
    ]);
    const link = `${location.origin}${location.pathname}${notebook.hash()}`;
    const file = opacusNotebook(opacusSettings(params, link));
    download(fileName('DP-SGD with Opacus', 'ipynb'), new Blob([file], { type: 'application/x-ipynb+json' }));
  }

  return <CellMenuItem onClick={save}>Opacus notebook (.ipynb) of these settings</CellMenuItem>;
}
