/** −log of the probability given to the right class; its gradient is softmax(z) − onehot(y). */
import type * as tf from '@tensorflow/tfjs-core';
import { passes } from './kernels/passes';
import type { Loss } from './layer';

export const softmaxCrossEntropy: Loss = {
  name: 'softmax cross-entropy',
  evaluate: (output, labels) => passes().softmaxSlopes(output as tf.Tensor2D, labels as tf.Tensor1D),
};
