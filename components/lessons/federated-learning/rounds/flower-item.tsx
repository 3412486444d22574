import { NotebookFileItem } from '@/components/notebook/notebook-file-item';
import type { FederatedParams } from '../experiments/rounds';
import { notInFlower } from '../flower-of-run';

/** The settings on the screen as a Flower app; where it cannot say them all, why. */
export function FlowerItem({ params }: { params: FederatedParams }) {
  async function write(link: string) {
    const [{ flowerNotebook }, { flowerSettings }] = await Promise.all([
      import('@/lib/notebook/python/flower'),
      import('../flower-of-run'),
    ]);
    return flowerNotebook(flowerSettings(params, link));
  }
  const reason = notInFlower(params);
  return (
    <NotebookFileItem title="Federated learning with Flower" write={write} reason={reason}>
      {reason === null ? 'Flower app (.ipynb) of these settings' : 'No Flower app of these settings'}
    </NotebookFileItem>
  );
}
