const run = { sampleRate: 2048 / 60000, noiseMultiplier: 3, steps: 100 };
const delta = 1e-5;
const rdp = [],
  pld = [],
  naive = [];

for (let runs = 1; runs <= 10; runs++) {
  const steps = run.steps * runs;
  rdp.push([runs, await lab.privacy.dpSgdEpsilon({ ...run, steps, delta, accountant: 'rdp' })]);
  pld.push([runs, await lab.privacy.dpSgdEpsilon({ ...run, steps, delta, accountant: 'pld' })]);
  // Added up, δ is shared out among the runs, so that all three lines are at the same δ.
  naive.push([runs, runs * (await lab.privacy.rdpEpsilon({ ...run, delta: delta / runs }))]);
}

lab.chart({
  title: 'What accounting saves',
  x: 'runs',
  y: 'ε (nats)',
  series: [
    { label: 'PLD', points: pld },
    { label: 'added up', points: naive },
    { label: 'RDP', points: rdp },
  ],
});
console.log('Ten runs by PLD cost ε =', pld[9][1].toFixed(3));
