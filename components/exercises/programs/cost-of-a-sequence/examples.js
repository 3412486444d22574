const releases = [
  { reads: 'all', epsilon: 0.5, delta: 1e-6 },
  { reads: 'north', epsilon: 1, delta: 0 },
  { reads: 'south', epsilon: 0.3, delta: 0 },
  { reads: 'answers', epsilon: 2, delta: 0 },
];
console.log(await totalCost(releases), 'expected: 1.5 and 1e-6');
