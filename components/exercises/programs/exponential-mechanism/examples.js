const times = [0, 0, 0];
for (let i = 0; i < 1000; i++) times[await choose([10, 12, 14], 1, 1)]++;
console.log(times, 'expected: about 90, 245, 665');
