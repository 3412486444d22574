import { afterEach, describe, expect, it, vi } from 'vitest';
import { RandomnessError, SecureRandom, SeededRandom } from '@/lib/random';
import { LEFT_TO_THE_TOP } from '@/lib/random/ziggurat';
import { chiSquareDeviations, correlation } from './support';

const words = (random: SeededRandom, count: number) => Array.from({ length: count }, () => random.uint32());

describe('SeededRandom', () => {
  it('repeats itself for the same seed and stream, and only then', () => {
    const first = words(new SeededRandom(7), 100);
    expect(words(new SeededRandom(7), 100)).toEqual(first);
    for (const other of [
      new SeededRandom(8),
      new SeededRandom(-7),
      new SeededRandom(7, 1),
      new SeededRandom(7 + 2 ** 32),
    ]) {
      expect(words(other, 100)).not.toEqual(first);
    }
    expect(new SeededRandom(7).fork(3).uint32()).toBe(new SeededRandom(7, 3).uint32());
  });

  it('is the ChaCha20 stream of its seed: the zero seed starts as RFC 8439, A.1 #1', () => {
    // 76 b8 e0 ad a0 f1 3d 90, little-endian.
    expect(words(new SeededRandom(0), 2)).toEqual([0xade0b876, 0x903df1a0]);
  });

  it('has streams that are independent of each other', () => {
    const a = new Float64Array(50_000);
    const b = new Float64Array(50_000);
    new SeededRandom(1, 0).fillGaussian(a);
    new SeededRandom(1, 1).fillGaussian(b);
    expect(Math.abs(correlation(a, b))).toBeLessThan(4 / Math.sqrt(50_000));
  });

  it.each([0, 1, 15, 16, 1023, 1024, 1025, 5000])(
    'resumes after %i words exactly where it stopped',
    (count) => {
      const random = new SeededRandom(99, 5);
      words(random, count);
      const saved = JSON.parse(JSON.stringify(random.state()));
      const expected = words(random, 3000);
      expect(words(SeededRandom.fromState(saved), 3000)).toEqual(expected);
    },
  );

  it('resumes in the middle of a pair of normals', () => {
    const random = new SeededRandom(3);
    random.gaussian();
    const copy = SeededRandom.fromState(random.state());
    expect([copy.gaussian(), copy.gaussian()]).toEqual([random.gaussian(), random.gaussian()]);
  });

  // 1,024 words a buffer, four a pair: pairs that begin everywhere in it and lie across its end.
  it.each([0, 1, 2, 3, 1022])(
    'draws many normals at once as it draws them one by one, %i words in',
    (skipped) => {
      const [one, many] = [new SeededRandom(12), new SeededRandom(12)];
      words(one, skipped);
      words(many, skipped);
      for (const length of [1, 2, 5, 511, 512, 3001]) {
        const filled = new Float64Array(length);
        many.fillGaussian(filled);
        const expected = Array.from(filled, () => one.gaussian());
        // What is left over of a pair is not kept for the next call.
        if (length % 2 === 1) one.gaussian();
        expect(Array.from(filled)).toEqual(expected);
        expect(many.state()).toEqual(one.state());
      }
    },
  );

  it('refuses seeds and states that are none', () => {
    for (const seed of [0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
      expect(() => new SeededRandom(seed)).toThrow(RandomnessError);
    }
    expect(() => new SeededRandom(1, -1)).toThrow(expect.objectContaining({ code: 'seed-invalid' }));
    expect(() => SeededRandom.fromState({ seed: 1, stream: 0, position: -4, spareGaussian: null })).toThrow(
      expect.objectContaining({ code: 'state-invalid' }),
    );
  });
});

describe('SecureRandom', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('asks the operating system for 64 KiB at a time and uses every word once', () => {
    const asked: number[] = [];
    let next = 0;
    vi.stubGlobal('crypto', {
      getRandomValues(out: Uint32Array) {
        asked.push(out.byteLength);
        for (let i = 0; i < out.length; i++) out[i] = next++;
        return out;
      },
    });
    const random = new SecureRandom();
    const drawn = Array.from({ length: 40_000 }, () => random.uint32());
    expect(drawn).toEqual(Array.from({ length: 40_000 }, (_, i) => i));
    expect(asked).toEqual([65_536, 65_536, 65_536]);
  });

  it('erases the words that many normals were made of', () => {
    class Open extends SecureRandom {
      left = () => [this.words.subarray(0, this.cursor), this.words.subarray(this.cursor)] as const;
    }
    const random = new Open();
    random.fillGaussian(new Float64Array(101));
    const [used, unused] = random.left();
    // Two a normal, and some more where one was rejected.
    expect(used.length).toBeGreaterThanOrEqual(202);
    expect(used.every((word) => word === 0)).toBe(true);
    // Some 16,180 words that nobody has seen: hardly one of them is zero.
    expect(unused.filter((word) => word === 0).length).toBeLessThan(3);
  });

  it('draws many normals whose every layer and tail has the share of the curve', () => {
    // Cipher words in the place of the system's, so that the verdict is the same on every run.
    const cipher = new SeededRandom(5);
    vi.stubGlobal('crypto', {
      getRandomValues(out: Uint32Array) {
        for (let i = 0; i < out.length; i++) out[i] = cipher.uint32();
        return out;
      },
    });
    expect(Math.abs(LEFT_TO_THE_TOP)).toBeLessThan(1e-14);
    const random = new SecureRandom();
    // An odd word first: pairs of words then lie across the end of a buffer.
    random.uint32();
    const normals = new Float64Array(2 ** 22);
    random.fillGaussian(normals, 2);
    // Tenths up to the layers' end at 3.65, and the tail in two parts; both signs.
    const edges = [...Array.from({ length: 37 }, (_, i) => i / 10), 3.6541528853610088, 3.9, 9];
    const cells = edges.length - 1;
    const counts = new Float64Array(2 * cells);
    for (const normal of normals) {
      const size = Math.abs(normal) / 2;
      const cell = size < 3.6 ? Math.floor(size * 10) : edges.findLastIndex((edge) => edge <= size);
      counts[cell + (normal < 0 ? cells : 0)]!++;
    }
    const share = Array.from({ length: 2 * cells }, (_, i) => {
      const [low, high] = [edges[i % cells]!, edges[(i % cells) + 1]!];
      const slices = 4000;
      let sum = 0;
      for (let k = 0; k < slices; k++)
        sum += Math.exp(-0.5 * (low + ((high - low) * (k + 0.5)) / slices) ** 2);
      return (normals.length * sum * (high - low)) / slices / Math.sqrt(2 * Math.PI);
    });
    expect(Math.abs(chiSquareDeviations(counts, share))).toBeLessThan(4);
    // Neighbours are independent, and so are their sizes.
    const [here, next] = [normals.subarray(0, 2 ** 20), normals.subarray(1, 2 ** 20 + 1)];
    for (const of of [(x: number) => x, Math.abs])
      expect(Math.abs(correlation(here.map(of), next.map(of)))).toBeLessThan(4 / 2 ** 10);
  });

  it('never repeats itself', () => {
    const seen = new Set(Array.from({ length: 50 }, () => new SecureRandom().uniform()));
    expect(seen.size).toBe(50);
  });

  it('says what is missing where there is no cryptographic generator', () => {
    vi.stubGlobal('crypto', undefined);
    expect(() => new SecureRandom()).toThrow(expect.objectContaining({ code: 'secure-source-missing' }));
  });
});

describe('requests that make no sense', () => {
  const random = new SeededRandom(1);
  it.each([
    ['bound-invalid', () => random.integer(0)],
    ['bound-invalid', () => random.integer(2.5)],
    ['bound-invalid', () => random.integer(2 ** 54)],
    ['probability-invalid', () => random.bernoulli(Number.NaN)],
    ['probability-invalid', () => random.bernoulli(1.1)],
    ['probability-invalid', () => random.poissonSample(10, -0.1)],
    ['size-invalid', () => random.poissonSample(-1, 0.1)],
    ['size-invalid', () => random.poissonSample(1.5, 0.1)],
    ['scale-invalid', () => random.laplace(-1)],
    ['scale-invalid', () => random.fillGaussian(new Float64Array(2), Number.POSITIVE_INFINITY)],
  ])('are refused with %s', (code, request) => {
    expect(request).toThrow(expect.objectContaining({ code, remedy: expect.stringMatching(/\w/) }));
  });
});
