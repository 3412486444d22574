/** How often the truth is told: the odds against a lie are e^ε. */
const truthRate = (epsilon) => 1 / (1 + Math.exp(-epsilon));

/** The truth or a lie: true or false. */
function respond(truth, epsilon) {
  return random.uniform() < truthRate(epsilon) ? truth : !truth;
}

/** The share of people whose truth is yes, from what they answered. */
function estimate(answers, epsilon) {
  const share = answers.filter(Boolean).length / answers.length;
  const p = truthRate(epsilon);
  // On average share = p·x + (1 − p)(1 − x). Solved for x:
  return (share - (1 - p)) / (2 * p - 1);
}
