// The true count is 41 without you and 42 with you. You see a noisy answer: was it made with you?
const says = (answer) => answer > 41.5;

const rounds = 20000;
const measured = [];
const bound = [];
for (const epsilon of [0.1, 0.5, 1, 2, 4]) {
  const without = await lab.mechanisms.laplace({ value: 41, epsilon, count: rounds, seed: 1 });
  const withYou = await lab.mechanisms.laplace({ value: 42, epsilon, count: rounds, seed: 2 });
  let right = 0;
  for (const answer of without) if (!says(answer)) right++;
  for (const answer of withYou) if (says(answer)) right++;
  measured.push([epsilon, (100 * right) / (2 * rounds)]);

  const { maxBalancedAccuracy } = await lab.privacy.membershipBounds({ epsilon, delta: 0 });
  bound.push([epsilon, 100 * maxBalancedAccuracy]);
  console.log('ε =', epsilon, 'right in', measured.at(-1)[1].toFixed(1), '% of rounds');
}

lab.chart({
  title: 'How often the attacker is right',
  x: { label: 'ε', scale: 'log' },
  y: 'right (%)',
  series: [
    { label: 'your attacker', points: measured, dots: true },
    { label: 'no attacker can pass', points: bound },
  ],
});
