console.log('σ', await gaussianSigma(1, 1, 1e-5), 'expected: 3.73');
console.log('σ', await gaussianSigma(1, 4, 1e-5), 'expected: 1.08');
