const rows = [];
const points = [];
for (const people of [500, 2000, 8000, 32000, 128000]) {
  const lot = (256 / 2000) * people;
  const noiseMultiplier = await lab.privacy.calibrateNoiseMultiplier({
    targetEpsilon: 1,
    delta: 1e-5,
    sampleRate: lot / people,
    steps: 200,
    accountant: 'pld',
  });
  // Noise on the mean gradient, in units of the clip C.
  const noise = noiseMultiplier / lot;
  points.push([people, noise]);
  rows.push([people, Math.round(lot), Number(noiseMultiplier.toFixed(2)), Number(noise.toPrecision(3))]);
}

lab.chart({
  title: 'Noise on the mean gradient at ε = 1',
  x: { label: 'people', scale: 'log' },
  y: { label: 'noise / C', scale: 'log' },
  series: [{ label: 'σ / lot', points, dots: true }],
});
lab.table({ title: 'At ε = 1, δ = 1e-5, 200 steps', columns: ['people', 'lot', 'σ', 'noise / C'], rows });
