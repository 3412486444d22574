const options = { learningRate: 1, maxGradNorm: 1, noiseMultiplier: 0, expectedBatchSize: 2 };
console.log('without noise:', await step([1, 1], [[3, 4]], options), 'expected: 0.7, 0.6');
console.log('with noise:', await step([1, 1], [[3, 4]], { ...options, noiseMultiplier: 0.5 }));
console.log('nobody drawn:', await step([1, 1], [], options), 'expected: 1, 1');
