/**
 * What a one-stage detector tries to make small on one scene, as YOLO does: at every place of a grid a yes-or-no answer for
 * each class, and where an object has its centre the overlap of its box. The sum over all places of a scene is that scene's
 * loss, and its gradient is clipped as one.
 */
import * as tf from '@tensorflow/tfjs-core';
import { boxLoss } from './box-loss';
import { BOX_WEIGHT, POSITIVE_WEIGHT } from './detection-weights';
import type { Loss } from './layer';

/** Pixels between two places of the grid. */
export interface DetectionGrid {
  /** Places along each side. */
  readonly side: number;
  readonly stride: number;
  readonly classes: number;
}

/**
 * Targets of one scene, side × side × (classes + 5): a 1 for the class, then the box in units of the stride and its
 * weight. One to one by a fixed rule: an object belongs to the place that holds its centre, so no two answers compete and no
 * suppression is needed afterwards.
 * @param objects boxes `[x1, y1, x2, y2]` in pixels
 */
export function detectionTargets(
  objects: readonly { box: readonly [number, number, number, number]; classId: number }[],
  { side, stride, classes }: DetectionGrid,
  out = new Float32Array(side * side * (classes + 5)),
): Float32Array {
  const width = classes + 5;
  for (const { box, classId } of objects) {
    const [x1, y1, x2, y2] = box.map((value) => value / stride) as [number, number, number, number];
    const cell = (centre: number) => Math.min(side - 1, Math.max(0, Math.floor(centre)));
    const at = (cell((y1 + y2) / 2) * side + cell((x1 + x2) / 2)) * width;
    out[at + classId] = 1;
    out.set([x1, y1, x2, y2, 1], at + classes);
  }
  return out;
}

/**
 * Output: B × side × side × (classes + 4): logits, then four numbers z of which softplus(z) is the distance from the middle of
 * the place to the left, upper, right and lower side of the box, in units of the stride.
 */
export function detectionLoss(grid: DetectionGrid): Loss {
  const { side, classes } = grid;
  const places = side * side;
  const centres = new Float32Array(places * 4);
  for (let i = 0; i < places; i++)
    for (let k = 0; k < 4; k++) centres[4 * i + k] = (k % 2 === 0 ? i % side : Math.floor(i / side)) + 0.5;
  return {
    name: 'detection loss (sigmoid cross-entropy and GIoU)',
    evaluate(output, targets) {
      const batch = output.shape[0]!;
      const [logits, z] = tf.split(tf.reshape(output, [-1, classes + 4]), [classes, 4], 1) as [
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const [right, boxes] = tf.split(tf.reshape(targets, [-1, classes + 5]), [classes, 5], 1) as [
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const weights = tf.add(1, tf.mul(right, POSITIVE_WEIGHT - 1));
      const answers = tf.mul(
        weights,
        tf.add(
          tf.sub(tf.relu(logits), tf.mul(logits, right)),
          tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(logits))))),
        ),
      );
      const ofLogits = tf.mul(weights, tf.sub(tf.sigmoid(logits), right));

      // softplus, without the exponential of a positive number
      const distances = tf.add(tf.relu(z), tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(z))))));
      const signs = tf.tensor1d([-1, -1, 1, 1]);
      const middle = tf.tile(tf.tensor2d(centres, [places, 4]), [batch, 1]);
      const found = tf.reshape(tf.add(middle, tf.mul(distances, signs)), [batch, places, 4]);
      const ofBoxes = boxLoss.evaluate(found, tf.reshape(boxes, [batch, places, 5]));
      const slopes = tf.mul(
        tf.mul(tf.reshape(ofBoxes.gradient, [-1, 4]), BOX_WEIGHT),
        tf.mul(signs, tf.sigmoid(z)),
      );
      return {
        losses: tf.add(
          tf.sum(tf.reshape(answers, [batch, -1]), 1),
          tf.mul(BOX_WEIGHT, ofBoxes.losses),
        ) as tf.Tensor1D,
        gradient: tf.reshape(tf.concat([ofLogits, slopes], 1), output.shape),
      };
    },
  };
}
