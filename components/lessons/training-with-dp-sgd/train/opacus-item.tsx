import { NotebookFileItem } from '@/components/notebook/notebook-file-item';
import type { TrainMnistParams } from '../experiments/train-mnist';

/** The settings on the screen as a Python notebook, for one process and for several. */
export function OpacusItem({ params }: { params: TrainMnistParams }) {
  async function write(link: string) {
    const [{ opacusNotebook }, { opacusSettings }] = await Promise.all([
      import('@/lib/notebook/python/opacus'),
      import('../opacus-of-run'),
    ]);
    return opacusNotebook(opacusSettings(params, link));
  }
  return (
    <NotebookFileItem title="DP-SGD with Opacus" write={write}>
      Opacus notebook (.ipynb) of these settings
    </NotebookFileItem>
  );
}
