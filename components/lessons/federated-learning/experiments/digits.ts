/** Test digits as grey values from 0 (paper) to 1 (ink), for the cells that show single updates. Loaded once a worker. */
import { loadMnist, MNIST_CLASSES, MNIST_SIDE } from '@/lib/data';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import type { Examples } from '@/lib/training/federated/softmax';

let loading: Promise<Examples & { sha256: string }> | null = null;

export function testDigits(context: ExperimentContext<unknown>): Promise<Examples & { sha256: string }> {
  const { assetUrl, report } = context;
  // Without the signal: a newer setting of the same cell waits for the same file.
  loading ??= loadMnist(
    {
      fetch: (url, init) => fetch(url, init),
      assetUrl,
      onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading test digits' }),
    },
    ['test'],
  )
    .then(({ test, sha256 }) => ({
      inputs: Float32Array.from(test.images, (grey) => grey / 255),
      labels: test.labels,
      width: MNIST_SIDE * MNIST_SIDE,
      classes: MNIST_CLASSES,
      sha256,
    }))
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}
