/** How far boxes are from where they should be: 1 − GIoU (Rezatofighi et al. 2019, arXiv:1902.09630). */
import * as tf from '@tensorflow/tfjs-core';
import type { Loss } from './layer';

/** Keeps the ratios of empty boxes finite; areas are in squared units of the coordinates. */
export const TINY = 1e-7;

/**
 * Output: boxes [x1, y1, x2, y2], B × A × 4, with x1 < x2 and y1 < y2. Targets: B × A × 5, the right box and its weight; places
 * without an object have the weight 0. The loss of an example is the weighted sum over its A places.
 */
export const boxLoss: Loss = {
  name: 'box loss (GIoU)',
  evaluate(output, targets) {
    const [batch, places] = output.shape as [number, number, number];
    const columns = (x: tf.Tensor, width: number) =>
      tf.split(tf.reshape(x, [batch * places, width]), width, 1) as tf.Tensor[];
    const [x1, y1, x2, y2] = columns(output, 4) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const [u1, v1, u2, v2, weight] = columns(targets, 5) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    // Along each axis: length of both boxes together (hull), and of what they share.
    const axis = (a1: tf.Tensor, a2: tf.Tensor, b1: tf.Tensor, b2: tf.Tensor) => ({
      own: tf.sub(a2, a1),
      other: tf.sub(b2, b1),
      shared: tf.relu(tf.sub(tf.minimum(a2, b2), tf.maximum(a1, b1))),
      hull: tf.sub(tf.maximum(a2, b2), tf.minimum(a1, b1)),
      // Slopes of hull and shared length with respect to the two ends of the own box.
      upper: tf.cast(tf.less(a2, b2), 'float32'),
      lower: tf.cast(tf.greater(a1, b1), 'float32'),
    });
    const x = axis(x1, x2, u1, u2);
    const y = axis(y1, y2, v1, v2);
    const shared = tf.mul(x.shared, y.shared);
    const area = tf.mul(x.own, y.own);
    const union = tf.add(tf.sub(tf.add(area, tf.mul(x.other, y.other)), shared), TINY);
    const hull = tf.add(tf.mul(x.hull, y.hull), TINY);
    // GIoU = shared / union − (hull − union) / hull = shared / union + union / hull − 1
    const giou = tf.sub(tf.add(tf.div(shared, union), tf.div(union, hull)), 1);
    const losses = tf.sum(tf.reshape(tf.mul(weight, tf.sub(1, giou)), [batch, places]), 1) as tf.Tensor1D;

    // dGIoU = dShared / union + dUnion (1 / hull − shared / union²) − dHull union / hull², dUnion = dArea − dShared
    const byUnion = tf.sub(tf.div(1, hull), tf.div(shared, tf.square(union)));
    const byShared = tf.sub(tf.div(1, union), byUnion);
    const byHull = tf.neg(tf.div(union, tf.square(hull)));
    const slopes = (along: typeof x, across: typeof y) => {
      const touching = tf.mul(tf.step(along.shared), across.shared);
      const end = (sign: 1 | -1, sharedSlope: tf.Tensor) => {
        const dShared = tf.mul(sign, tf.mul(touching, sharedSlope));
        const dArea = tf.mul(sign, across.own);
        const dHull = tf.mul(sign, tf.mul(across.hull, tf.sub(1, sharedSlope)));
        return tf.add(tf.add(tf.mul(byShared, dShared), tf.mul(byUnion, dArea)), tf.mul(byHull, dHull));
      };
      return [end(-1, along.lower), end(1, along.upper)] as const;
    };
    const [dx1, dx2] = slopes(x, y);
    const [dy1, dy2] = slopes(y, x);
    const gradient = tf.mul(tf.neg(weight), tf.concat([dx1, dy1, dx2, dy2], 1));
    return { losses, gradient: tf.reshape(gradient, output.shape) };
  },
};
