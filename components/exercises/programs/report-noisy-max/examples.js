const times = [0, 0, 0];
for (let i = 0; i < 1000; i++) times[await noisyMax([50, 52, 54], 1)]++;
console.log(times, 'expected: about 95, 245, 660');
