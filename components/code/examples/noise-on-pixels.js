const pictures = ['astronaut', 'six-people'];
const rows = [];
const series = [];
for (const picture of pictures) {
  const points = [];
  for (const noise of [0, 0.1, 0.2, 0.3, 0.4]) {
    const { count, meanConfidence } = await lab.detect({ picture, noise, seed: 1 });
    points.push([noise, count]);
    rows.push([picture, noise, count, meanConfidence === null ? null : Number(meanConfidence.toFixed(3))]);
  }
  series.push({ label: picture, points, dots: true });
}

lab.chart({ title: 'Faces found', x: 'noise', y: 'faces', series });
lab.table({ title: 'How sure of them', columns: ['picture', 'noise', 'faces', 'mean confidence'], rows });
