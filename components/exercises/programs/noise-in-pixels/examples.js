console.log(await madeFromFirst([0.2, 0.9], [0, 1], [1, 0]), 'expected: true');
console.log(await madeFromFirst([0.7, 0.1], [0, 1], [1, 0]), 'expected: false');
console.log(await holds({ pixels: 1, sigma: 4, epsilon: 1, delta: 1e-5 }), 'expected: true');
console.log(await holds({ pixels: 100, sigma: 4, epsilon: 1, delta: 1e-5 }), 'expected: false');
