/**
 * The three products in WGSL, written out for one set of sizes: sizes are constants, so that a shader needs no uniforms and its
 * compiler sees every bound.
 *
 * A thread computes a tile of the result, R rows of C vec4 each, in registers, and reads its operands straight from the buffers. There
 * is no workgroup memory and there are no barriers, which software adapters pay dearly for; the caches of a GPU do the same service
 * where neighbours read the same rows. Where a width divides by four its buffer is read as vec4, else number by number. Tiles
 * that stick out over an edge read the last row or column again, and do not write it.
 */
import { eachThread, type Shader } from '@/lib/kernels/shader';

/** As in `Products`. */
export type ProductKind = 'times' | 'timesTransposed' | 'transposedTimes';

/** The result is rows × columns; the sum runs over `inner`. */
export interface ProductSizes {
  rows: number;
  inner: number;
  columns: number;
}

/** Large tiles read each number fewer times; small ones keep more threads at work. */
const TILES = [
  { high: 8, wide: 2 },
  { high: 8, wide: 1 },
  { high: 4, wide: 1 },
] as const;
/** A larger tile is taken where it leaves at least so many threads. */
const ENOUGH_THREADS = 512;

export function productShader(kind: ProductKind, sizes: ProductSizes): Shader {
  const { rows, inner, columns } = sizes;
  const tilings = TILES.map(({ high, wide }) => {
    const across = Math.ceil(Math.ceil(columns / 4) / wide);
    return { high, wide, across, threads: across * Math.ceil(rows / high) };
  });
  const tiling = tilings.find(({ threads }) => threads >= ENOUGH_THREADS) ?? tilings.at(-1)!;
  const { high, wide, across, threads } = tiling;
  const a = kind === 'transposedTimes' ? matrix('a', inner, rows) : matrix('a', rows, inner);
  const b = kind === 'timesTransposed' ? matrix('b', columns, inner) : matrix('b', inner, columns);
  const out = matrix('result', rows, columns);
  const tile: Tile = { rows: counted(high), groups: counted(wide) };
  return {
    threads,
    code: `
${[a, b].map((one, i) => `@group(0) @binding(${i}) var<storage, read> ${one.declaration};`).join('\n')}
@group(0) @binding(2) var<storage, read_write> ${out.declaration};

${eachThread('tile', threads)}
  let row = tile / ${across}u * ${high}u;
  let column = tile % ${across}u * ${4 * wide}u;
${tile.rows.map((r) => `  let row${r} = ${clamped(`row + ${r}u`, rows, high)};`).join('\n')}
${tile.groups.map((g) => `  let column${g} = ${clamped(`column + ${4 * g}u`, columns, 4 * wide)};`).join('\n')}
${each(tile, (r, g) => `  var sum${r}_${g} = vec4f();`)}
${SUMS[kind](a, b, sizes, tile)}
${each(tile, (r, g) => store(out, sizes, tile, r, g))}
}`,
  };
}

interface Tile {
  rows: readonly number[];
  /** Of four columns. */
  groups: readonly number[];
}

const counted = (length: number) => Array.from({ length }, (_, i) => i);
const each = ({ rows, groups }: Tile, line: (row: number, group: number) => string) =>
  rows.flatMap((r) => groups.map((g) => line(r, g))).join('\n');

/** An index that stays within. @param step how many are taken at a time: where that divides the count no tile sticks out */
const clamped = (index: string, count: number, step: number) =>
  count % step === 0 ? index : `min(${index}, ${count - 1}u)`;

interface Matrix {
  declaration: string;
  /** Four numbers of a row, from a column on; all four lie within the row. */
  four(row: string, column: string): string;
  /** The same; of those past the end of the row the last one is read again. */
  fourAtEdge(row: string, column: string): string;
  /** One number, of a matrix that is not read as vec4. */
  one(row: string, column: string): string;
  vectors: boolean;
}

function matrix(name: string, rows: number, columns: number): Matrix {
  const vectors = columns % 4 === 0;
  const one = (row: string, column: string) => `${name}[${row} * ${columns}u + ${column}]`;
  const each4 = (part: (i: number) => string) => `vec4f(${counted(4).map(part).join(', ')})`;
  const vector = (row: string, column: string) => `${name}[${row} * ${columns / 4}u + ${column} / 4u]`;
  return {
    vectors,
    one,
    declaration: `${name}: array<${vectors ? 'vec4f' : 'f32'}, ${(rows * columns) / (vectors ? 4 : 1)}>`,
    four: vectors ? vector : (row, column) => each4((i) => one(row, `${column} + ${i}u`)),
    fourAtEdge: vectors
      ? vector
      : (row, column) => each4((i) => one(row, `min(${column} + ${i}u, ${columns - 1}u)`)),
  };
}

type Sum = (a: Matrix, b: Matrix, sizes: ProductSizes, tile: Tile) => string;

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** The sum over `inner`, four terms at a time and the rest one by one. */
function inFours(inner: number, four: (k: string) => string, one: (k: string) => string): string {
  const whole = inner - (inner % 4);
  const loop = whole === 0 ? '' : `  for (var k = 0u; k < ${whole}u; k += 4u) {\n${four('k')}\n  }`;
  return [loop, ...counted(inner % 4).map((i) => `  {\n${one(`${whole + i}u`)}\n  }`)].join('\n');
}

const SUMS: Record<ProductKind, Sum> = {
  times(a, b, { inner }, tile) {
    const term = (k: string, factor: (row: number) => string) => `    {
${tile.groups.map((g) => `      let b${g} = ${b.fourAtEdge(k, `column${g}`)};`).join('\n')}
${each(tile, (r, g) => `      sum${r}_${g} += ${factor(r)} * b${g};`)}
    }`;
    const factors = (of: (row: number) => string) =>
      tile.rows.map((r) => `    let a${r} = ${of(r)};`).join('\n');
    return inFours(
      inner,
      (k) =>
        [
          factors((r) => a.four(`row${r}`, k)),
          ...COMPONENTS.map((part, i) => term(`(${k} + ${i}u)`, (r) => `a${r}.${part}`)),
        ].join('\n'),
      (k) => [factors((r) => a.one(`row${r}`, k)), term(k, (r) => `a${r}`)].join('\n'),
    );
  },

  timesTransposed(a, b, { inner, columns }, tile) {
    const rowOfB = (g: number, i: number) => clamped(`(column${g} + ${i}u)`, columns, 4 * tile.groups.length);
    const terms = (read: 'four' | 'one', k: string, product: (x: string, y: string) => string) => `
${tile.rows.map((r) => `    let a${r} = ${a[read](`row${r}`, k)};`).join('\n')}
${tile.groups.flatMap((g) => counted(4).map((i) => `    let b${g}_${i} = ${b[read](rowOfB(g, i), k)};`)).join('\n')}
${each(tile, (r, g) => `    sum${r}_${g} += vec4f(${counted(4).map((i) => product(`a${r}`, `b${g}_${i}`))});`)}`;
    return inFours(
      inner,
      (k) => terms('four', k, (x, y) => `dot(${x}, ${y})`),
      (k) => terms('one', k, (x, y) => `${x} * ${y}`),
    );
  },

  transposedTimes(a, b, { inner }, tile) {
    const fours = tile.rows.filter((r) => r % 4 === 0);
    return `  for (var k = 0u; k < ${inner}u; k++) {
${fours.map((r) => `    let a${r} = ${a.fourAtEdge('k', `row${r}`)};`).join('\n')}
${tile.groups.map((g) => `    let b${g} = ${b.fourAtEdge('k', `column${g}`)};`).join('\n')}
${each(tile, (r, g) => `    sum${r}_${g} += a${r - (r % 4)}.${COMPONENTS[r % 4]} * b${g};`)}
  }`;
  },
};

/** Writes four numbers of a row, those within the result. */
function store(out: Matrix, { rows, columns }: ProductSizes, tile: Tile, r: number, g: number): string {
  const [row, column] = [`(row + ${r}u)`, `(column + ${4 * g}u)`];
  const sticksOut = [
    ...(rows % tile.rows.length === 0 ? [] : [`${row} < ${rows}u`]),
    ...(columns % (4 * tile.groups.length) === 0 ? [] : [`${column} < ${columns}u`]),
  ];
  const writes = out.vectors
    ? [`${out.four(row, column)} = sum${r}_${g};`]
    : COMPONENTS.map((part, i) => {
        const write = `${out.one(row, `${column} + ${i}u`)} = sum${r}_${g}.${part};`;
        return i === 0 ? write : `if (${column} + ${i}u < ${columns}u) { ${write} }`;
      });
  const all = writes.join(' ');
  return sticksOut.length === 0 ? `  ${all}` : `  if (${sticksOut.join(' && ')}) { ${all} }`;
}
