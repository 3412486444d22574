const epsilon = 1;
const share = 0.3;
const p = Math.exp(epsilon) / (Math.exp(epsilon) + 1);
const q = 1 - p;

const bars = [];
for (const people of [100, 1000, 10000, 100000]) {
  const yes = Math.round(share * people);
  // Each person tosses a coin of their own before answering.
  const said = [
    ...(await lab.mechanisms.randomizedResponse({ value: 1, epsilon, count: yes, seed: people })),
    ...(await lab.mechanisms.randomizedResponse({
      value: 0,
      epsilon,
      count: people - yes,
      seed: people + 1,
    })),
  ];
  const c = said.filter((answer) => answer === 1).length / people;
  const estimate = (c - q) / (p - q);
  // Given what the people would say, only their coins are random: p q for each, whatever the answer.
  const error = (1.96 * Math.sqrt((p * q) / people)) / (p - q);
  bars.push({
    label: String(people),
    value: 100 * estimate,
    low: 100 * (estimate - error),
    high: 100 * (estimate + error),
  });
  console.log(
    people,
    'people:',
    (100 * c).toFixed(1),
    '% said yes, so we estimate',
    (100 * estimate).toFixed(1),
    '%',
  );
}

lab.bars({ title: 'How many would say yes?', x: 'people asked', y: 'estimated share (%)', bars });
