/** The truth or a lie: true or false. */
function respond(truth, epsilon) {
  return truth;
}

/** The share of people whose truth is yes, from what they answered. */
function estimate(answers, epsilon) {
  const yes = answers.filter(Boolean).length;
  return yes / answers.length;
}
