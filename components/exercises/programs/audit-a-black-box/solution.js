/** How likely chance alone may accuse a box that keeps its claim. */
const CHANCE = 0.001;
const THRESHOLDS = 24;

/** By how much chance may move a share (Bernstein's bound). */
function slack(share, count) {
  const log = Math.log(4 / CHANCE);
  return Math.sqrt((2 * share * (1 - share) * log) / count) + (3 * log) / count;
}

/** Whether the answers prove that the box breaks its ε. */
function breaksClaim(without, withHer, epsilon) {
  const ratio = Math.exp(epsilon);
  const share = (answers, event) => answers.filter(event).length / answers.length;
  const half = (answers, odd) => answers.filter((_, i) => i % 2 === odd);
  const ways = [
    { often: half(without, 0), seldom: half(withHer, 0), judges: [half(without, 1), half(withHer, 1)] },
    { often: half(withHer, 0), seldom: half(without, 0), judges: [half(withHer, 1), half(without, 1)] },
  ];

  // One half of the answers chooses the event: "at most t" or "above t", on one data set or the other.
  const all = [...without, ...withHer].sort((a, b) => a - b);
  let best = { excess: -Infinity };
  for (let k = 1; k < THRESHOLDS; k++) {
    const t = all[Math.floor((k / THRESHOLDS) * all.length)];
    for (const event of [(x) => x <= t, (x) => x > t])
      for (const { often, seldom, judges } of ways) {
        const [p, q] = [share(often, event), share(seldom, event)];
        const excess = p - slack(p, often.length) - ratio * (q + slack(q, seldom.length));
        if (excess > best.excess) best = { excess, event, judges };
      }
  }

  // The other half judges it: so the choice cannot fool the test.
  const [p, q] = best.judges.map((answers) => share(answers, best.event));
  const [n, m] = best.judges.map((answers) => answers.length);
  return p - slack(p, n) > ratio * (q + slack(q, m));
}
