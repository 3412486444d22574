/** What the person pays who pays most: { epsilon, delta }. */
function totalCost(releases) {
  // What reads answers alone costs nothing.
  const charged = releases.filter((release) => release.reads !== 'answers');
  // Each person pays for what reads everybody, and for what reads her group.
  const groups = new Set(charged.map((release) => release.reads));
  let epsilon = 0;
  let delta = 0;
  for (const group of groups) {
    const hers = charged.filter(({ reads }) => reads === 'all' || reads === group);
    epsilon = Math.max(
      epsilon,
      hers.reduce((sum, release) => sum + release.epsilon, 0),
    );
    delta = Math.max(
      delta,
      hers.reduce((sum, release) => sum + release.delta, 0),
    );
  }
  return { epsilon, delta };
}
