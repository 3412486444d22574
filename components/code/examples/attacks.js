// Each canary is in (1) or out (0) by the toss of a coin. The mechanism says which, with as much truth as ε allows.
const epsilon = 2;
const found = [];
const truth = [];
for (const canaries of [100, 300, 1000, 3000, 10000]) {
  const inside = (await lab.noise.uniform({ scale: 1, count: canaries, seed: canaries })).filter(
    (x) => x < 0.5,
  ).length;
  const ask = (value, count, seed) => lab.mechanisms.randomizedResponse({ value, count, epsilon, seed });
  const ofThoseIn = await ask(1, inside, canaries + 1);
  const ofThoseOut = await ask(0, canaries - inside, canaries + 2);
  const correct =
    ofThoseIn.filter((said) => said === 1).length + ofThoseOut.filter((said) => said === 0).length;

  const lower = await lab.privacy.oneRunAudit({ canaries, guesses: canaries, correct, delta: 0 });
  console.log(correct, 'of', canaries, 'guesses right: ε is at least', lower.toFixed(3));
  found.push([canaries, lower]);
  truth.push([canaries, epsilon]);
}

lab.chart({
  title: 'What an audit proves',
  x: { label: 'canaries', scale: 'log' },
  y: 'ε (nats)',
  series: [
    { label: 'the true ε', points: truth },
    { label: 'refuted below, at 95 %', points: found, dots: true },
  ],
});
