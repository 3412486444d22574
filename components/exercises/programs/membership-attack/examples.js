const references = [
  [2.1, 6.9, 4.0],
  [1.9, 7.1, 4.2],
];
console.log(
  await scores([2.0, 5.2, 4.1], references),
  'the second was a member: its score should be highest',
);
