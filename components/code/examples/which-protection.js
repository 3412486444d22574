const yesterday = [34, 51, 67, 45, 72, 58, 39, 62, 70, 48];
const newcomer = 81;
const today = [...yesterday, newcomer];
const sum = (list) => list.reduce((total, one) => total + one, 0);
const mean = (list) => sum(list) / list.length;

// Both means are exact, and the number of patients is known.
console.log('Means:', mean(yesterday), 'and', mean(today).toFixed(4));
console.log(
  'So the newcomer is',
  Math.round(mean(today) * today.length - mean(yesterday) * yesterday.length),
);

// The same with noise. Ages are cut to 0 … 100, so one person moves the sum by 100 at most.
const epsilon = 1;
const noisy = { epsilon, sensitivity: 100 };
for (let attempt = 1; attempt <= 5; attempt++) {
  const before = await lab.mechanisms.laplace({ ...noisy, value: sum(yesterday) });
  const after = await lab.mechanisms.laplace({ ...noisy, value: sum(today) });
  console.log('Private sums: the newcomer would be', Math.round(after - before));
}
