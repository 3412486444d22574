const series = [];
const rows = [];
for (const noiseMultiplier of [1, 16]) {
  const points = [];
  const { last, epsilon } = await lab.run('train-mnist', { noiseMultiplier, steps: 20, seed: 1 }, (update) =>
    points.push([update.step, 100 * update.privateAccuracy]),
  );
  series.push({ label: `σ = ${noiseMultiplier}`, points });
  rows.push([
    noiseMultiplier,
    Number(epsilon.toFixed(3)),
    100 * last.privateAccuracy,
    100 * last.plainAccuracy,
  ]);
  console.log('σ =', noiseMultiplier, 'done');
}

lab.chart({ title: 'Learning under noise', x: 'step', y: 'test accuracy (%)', series });
lab.table({ title: '20 steps', columns: ['σ', 'ε', 'private (%)', 'plain (%)'], rows });
