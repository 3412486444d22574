import { describe, expect, it } from 'vitest';
import { centredSquare, fromSquare, type PixelImage, placeCentred } from '@/lib/detection';

const picture = (
  width: number,
  height: number,
  value: (x: number, y: number, c: number) => number,
): PixelImage => ({
  width,
  height,
  data: Float32Array.from({ length: width * height * 3 }, (_, i) =>
    value(Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3),
  ),
});

describe('where a picture lies in the square', () => {
  it.each([
    // width, height, square, then ratio, resized, left and top as the published preprocessing gives them
    [640, 480, 640, 1, [640, 480], 0, 80],
    [810, 1080, 320, 320 / 1080, [240, 320], 40, 0],
    [1280, 720, 320, 0.25, [320, 180], 0, 70],
    [640, 478, 320, 0.5, [320, 239], 0, 40],
    [100, 50, 320, 3.2, [320, 160], 0, 80],
    // A tie: 12.5 rows go to 12, the even neighbour, 15.5 to 16.
    [64, 25, 32, 0.5, [32, 12], 0, 10],
    [64, 31, 32, 0.5, [32, 16], 0, 8],
  ] as const)('%i × %i in %i', (width, height, size, ratio, resized, left, top) => {
    const place = placeCentred({ width, height }, size);
    expect(place).toEqual({ ratio, left, top, width: resized[0], height: resized[1] });
    expect(Object.is(place.left, -0) || Object.is(place.top, -0)).toBe(false);
  });

  it('gives a sliver at least one pixel', () => {
    expect(placeCentred({ width: 5000, height: 1 }, 320)).toMatchObject({ width: 320, height: 1 });
  });
});

describe('the square itself', () => {
  it('copies a picture of its own size exactly', () => {
    const image = picture(32, 32, (x, y, c) => (x * 7 + y * 3 + c) / 400);
    expect(centredSquare(image, 32)).toEqual(image.data);
  });

  it('has a border of grey 114, wider by one behind', () => {
    const square = centredSquare(
      picture(32, 19, () => 1),
      32,
    );
    const rows = Array.from({ length: 32 }, (_, y) => square[y * 96]!);
    expect(rows.filter((value) => value === 1)).toHaveLength(19);
    expect(rows.indexOf(1)).toBe(6);
    expect(rows[0]).toBeCloseTo(114 / 255, 7);
    expect(rows[31]).toBeCloseTo(114 / 255, 7);
  });

  it('samples at half-pixel centres, without antialiasing', () => {
    // A ramp stays a ramp: sample i of 8 from 16 lies between pixels 2i and 2i + 1.
    const ramp = picture(16, 16, (x) => x / 16);
    const half = centredSquare(ramp, 8);
    for (let i = 0; i < 8; i++) expect(half[i * 3]).toBeCloseTo((2 * i + 0.5) / 16, 6);
    // Enlarging by two: quarters between neighbours, the ends held.
    const twice = centredSquare(
      picture(4, 4, (x) => x),
      8,
    );
    expect(Array.from({ length: 8 }, (_, i) => twice[i * 3])).toEqual([
      0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3,
    ]);
    // A fine grid aliases to its neighbours' mean, not to the mean of all it covers.
    const grid = centredSquare(
      picture(32, 32, (x) => (x % 4 === 1 || x % 4 === 2 ? 1 : 0)),
      8,
    );
    expect(Array.from(grid).every((value) => value === 1)).toBe(true);
  });
});

it('brings boxes back to the picture, clipped to it', () => {
  const image = { width: 810, height: 1080 };
  const place = placeCentred(image, 320);
  const there = ([x1, y1, x2, y2]: readonly number[]) =>
    [
      x1! * place.ratio + place.left,
      y1! * place.ratio + place.top,
      x2! * place.ratio + place.left,
      y2! * place.ratio + place.top,
    ] as const;
  for (const [i, value] of fromSquare(there([100, 200, 700, 1000]), place, image).entries())
    expect(value).toBeCloseTo([100, 200, 700, 1000][i]!, 9);
  expect(fromSquare([-50, -1, 400, 330], place, image)).toEqual([0, 0, 810, 1080]);
});
