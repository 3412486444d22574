const secrets = [5, 17, 20, 8];
const modulus = 2 ** 32;
const messages = [...secrets];

// Each two clients share a mask: one adds it, the other takes it away.
for (let i = 0; i < secrets.length; i++)
  for (let j = i + 1; j < secrets.length; j++) {
    const mask = Math.floor((await lab.noise.uniform({ scale: modulus, count: 1 }))[0]);
    messages[i] = (messages[i] + mask) % modulus;
    messages[j] = (messages[j] - mask + modulus) % modulus;
  }

lab.table({
  title: 'What the server sees',
  columns: ['client', 'its secret', 'its message'],
  rows: secrets.map((secret, i) => [i + 1, secret, messages[i]]),
});
console.log(
  'Sum of the messages:',
  messages.reduce((sum, message) => (sum + message) % modulus, 0),
);
console.log(
  'Sum of the secrets:',
  secrets.reduce((sum, secret) => sum + secret, 0),
);
