/** What the person pays who pays most: { epsilon, delta }. */
function totalCost(releases) {
  let epsilon = 0;
  let delta = 0;
  for (const release of releases) {
    epsilon += release.epsilon;
    delta += release.delta;
  }
  return { epsilon, delta };
}
