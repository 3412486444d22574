console.log('mean', await clippedMean([20, 35, 60, 1000], 0, 100), 'expected: 53.75');
console.log('sensitivity', await sensitivity(4, 0, 100));
