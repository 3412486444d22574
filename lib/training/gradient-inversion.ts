/**
 * A picture read off its own gradient. The gradient of a dense layer is an outer product: the weights' part is x δᵀ, the
 * intercepts' part δ. Whoever sees both, divides one by the other and has x (Phong et al. 2017; for deep networks the same is done
 * by search: Zhu, Liu and Han 2019, "Deep leakage from gradients").
 */

/**
 * The least-squares picture: for each pixel j the x that makes x δ closest to the pixel's part of the gradient,
 * Σ_c g_jc δ_c / Σ_c δ_c². Exact where nothing was added; with noise it is the attacker's estimate, unbounded.
 *
 * @param gradient (width + 1) × classes, the intercepts last
 * @returns width numbers; zeros for a gradient without intercepts
 */
export function invertGradient(gradient: Float64Array, classes: number): Float64Array {
  const width = gradient.length / classes - 1;
  const slopes = gradient.subarray(width * classes);
  let square = 0;
  for (const slope of slopes) square += slope * slope;
  return Float64Array.from({ length: width }, (_, j) => {
    let product = 0;
    for (let c = 0; c < classes; c++) product += gradient[j * classes + c]! * slopes[c]!;
    return square > 0 ? product / square : 0;
  });
}
