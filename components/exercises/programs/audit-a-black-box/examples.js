const laplace = (scale) => scale * Math.log(random.uniform() / random.uniform());
const answers = (count, scale) => Array.from({ length: 4000 }, () => count + laplace(scale));
console.log(await breaksClaim(answers(100, 1), answers(101, 1), 1), 'expected: false');
console.log(await breaksClaim(answers(100, 0.4), answers(101, 0.4), 1), 'expected: true');
