const run = { sampleRate: 2048 / 60000, noiseMultiplier: 3, steps: 100 };
const delta = 1e-5;
const rdp = [],
  pld = [],
  naive = [];

const alone = await lab.privacy.rdpEpsilon({ ...run, delta });
for (let runs = 1; runs <= 10; runs++) {
  const steps = run.steps * runs;
  rdp.push([runs, await lab.privacy.dpSgdEpsilon({ ...run, steps, delta, accountant: 'rdp' })]);
  pld.push([runs, await lab.privacy.dpSgdEpsilon({ ...run, steps, delta, accountant: 'pld' })]);
  // Added up, each run would also spend its own δ.
  naive.push([runs, runs * alone]);
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
