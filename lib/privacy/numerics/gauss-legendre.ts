interface Point {
  node: number;
  weight: number;
}

/** By the number of points. Made when first asked for: pages load this file long before. */
const rules = new Map<number, readonly Point[]>();

/** Nodes and weights of the n-point Gauss–Legendre rule on [−1, 1], by Newton's method on the Legendre polynomial. */
export function gaussLegendre(n: number): readonly Point[] {
  const rule = rules.get(n) ?? makeRule(n);
  rules.set(n, rule);
  return rule;
}

function makeRule(n: number): Point[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let iteration = 0; iteration < 20; iteration++) {
      let previous = 1;
      let value = x;
      for (let k = 2; k <= n; k++)
        [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
      slope = (n * (x * value - previous)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    return { node: x, weight: 2 / ((1 - x * x) * slope * slope) };
  });
}
