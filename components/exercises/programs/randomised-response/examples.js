const said = [];
for (let i = 0; i < 1000; i++) said.push(await respond(i < 300, 1));
console.log('said yes:', said.filter(Boolean).length, 'of 1000');
console.log('estimate:', await estimate(said, 1), 'the truth: 0.3');
