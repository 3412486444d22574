const sensitivity = [];
const specificity = [];
const rows = [];
const percent = ({ mean }) => Number((100 * mean).toFixed(1));
for (const epsilon of [0.1, 0.3, 1, 3, 10]) {
  const result = await lab.run('tumour-classify', { epsilon, threshold: 0.5, models: 'five', seed: 1 });
  const { plain } = result;
  sensitivity.push([epsilon, percent(result.private.sensitivity)]);
  specificity.push([epsilon, percent(result.private.specificity)]);
  rows.push([
    epsilon,
    percent(result.private.accuracy),
    result.private.missed,
    percent(plain.accuracy),
    plain.missed,
  ]);
}

lab.chart({
  title: 'What noise does to five models',
  x: { label: 'ε', scale: 'log' },
  y: '%',
  series: [
    { label: 'sensitivity', points: sensitivity, dots: true },
    { label: 'specificity', points: specificity, dots: true },
  ],
});
lab.table({
  title: 'Missed cancers among 212',
  columns: ['ε', 'private accuracy (%)', 'missed', 'plain accuracy (%)', 'missed, plain'],
  rows,
});
