console.log(
  await clipAndSum(
    [
      [3, 4],
      [0.1, 0],
    ],
    1,
  ),
  'expected: 0.7, 0.8',
);
console.log(await clipAndSum([[0, 0]], 1), 'expected: 0, 0');
