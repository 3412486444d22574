/**
 * A likelihood-ratio attack with shadow models: LiRA (Carlini et al. 2022, "Membership inference attacks from first principles")
 * in miniature. Shadow models are trained by the attacker, on digits of the attacker's own, just as the target was. They tell
 * how sure a model is of an example that it has not seen, and how much surer it grows by having seen it.
 *
 * As the paper advises for few shadow models, variances are shared among examples. For the same reason the mean of a member is
 * not measured for each example (the "online" attack) but predicted by a line from the mean of a non-member.
 */

export interface ShadowModel {
  /** ln(p/(1 − p)) of each digit of the attacker's pool. */
  pool: Float64Array;
  /** Whether the model was trained on it. */
  trainedOn: Uint8Array;
  /** ln(p/(1 − p)) of each candidate. No shadow model was trained on any of them. */
  candidates: Float64Array;
}

export interface LikelihoodRatio {
  /** ln of the ratio of likelihoods, member against non-member, one a candidate. */
  scores: Float64Array;
  /** Of members: mean `offset + slope × (mean as a non-member)`, and standard deviation. */
  member: { offset: number; slope: number; deviation: number };
  /** Of non-members around their own mean. */
  outsider: { deviation: number };
}

/** @param target ln(p/(1 − p)) of each candidate under the model that is attacked */
export function likelihoodRatioAttack(
  target: Float64Array,
  shadows: readonly ShadowModel[],
): LikelihoodRatio {
  const { offset, slope, inside, outside } = fit(shadows);
  const scores = target.map((own, i) => {
    let mean = 0;
    for (const { candidates } of shadows) mean += candidates[i]! / shadows.length;
    return logNormal(own, offset + slope * mean, inside) - logNormal(own, mean, outside);
  });
  return {
    scores,
    member: { offset, slope, deviation: inside },
    outsider: { deviation: outside },
  };
}

function fit(shadows: readonly ShadowModel[]) {
  const size = shadows[0]!.pool.length;
  // Mean of each digit over the models that have not seen it, and how they scatter around it.
  const pairs: [number, number][] = [];
  let squares = 0;
  let freedom = 0;
  for (let i = 0; i < size; i++) {
    const unseen = shadows.filter(({ trainedOn }) => !trainedOn[i]).map(({ pool }) => pool[i]!);
    if (unseen.length < 2) continue;
    const mean = unseen.reduce((sum, value) => sum + value, 0) / unseen.length;
    squares += unseen.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    freedom += unseen.length - 1;
    for (const { trainedOn, pool } of shadows) if (trainedOn[i]) pairs.push([mean, pool[i]!]);
  }
  const n = pairs.length;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / n;
  const varX = pairs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0) / n;
  const covariance = pairs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / n;
  const slope = varX > 0 ? covariance / varX : 0;
  const offset = meanY - slope * meanX;
  const inside = Math.sqrt(pairs.reduce((sum, [x, y]) => sum + (y - offset - slope * x) ** 2, 0) / n);
  // The mean is known from so many models only: a new model scatters around it a little more.
  const outside = Math.sqrt((squares / freedom) * (1 + 1 / shadows.length));
  return { offset, slope, inside: inside || 1e-9, outside: outside || 1e-9 };
}

const logNormal = (x: number, mean: number, deviation: number) =>
  -((x - mean) ** 2) / (2 * deviation ** 2) - Math.log(deviation);
