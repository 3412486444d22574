import { describe, expect, it } from 'vitest';
import { formatYoloLabels, parseYoloLabels } from '@/lib/detection';

const picture = { width: 200, height: 100 };
const read = (text: string) => parseYoloLabels(text, picture, { classes: 80, file: 'street.txt' });

describe('labels in YOLO’s text form', () => {
  it('become boxes in pixels', () => {
    expect(read('0 0.5 0.5 1 1\n3 0.25 0.5 0.1 0.2\n')).toEqual([
      { classId: 0, box: [0, 0, 200, 100] },
      { classId: 3, box: [40, 40, 60, 60].map((side) => expect.closeTo(side, 9)) },
    ]);
  });

  it('are written as they are read, exactly enough for the tightest overlap', () => {
    const objects = [
      { classId: 7, box: [3, 5, 20, 61] },
      { classId: 0, box: [0, 0, 200, 100] },
      { classId: 10, box: [33.25, 1 / 3, 64, 17] },
    ] as const;
    const again = read(formatYoloLabels(objects, picture));
    expect(again).toEqual(
      objects.map(({ classId, box }) => ({ classId, box: box.map((side) => expect.closeTo(side, 9)) })),
    );
    expect(formatYoloLabels([], picture)).toBe('');
  });

  it('may end their lines as any system does, leave lines blank, and start with a mark', () => {
    expect(read('\uFEFF0 .5 .5 .1 .1\r\n\r\n\t1  0.5 0.5 1e-1 0.1 \r2 .5 .5 .1 .1')).toHaveLength(3);
  });

  it('may be none: a picture without objects', () => {
    expect(read('')).toEqual([]);
    expect(read('\n \n')).toEqual([]);
  });

  it.each([
    ['0 0.5 0.5 0.1', 'four of the five numbers', /4 of five/],
    ['0 0.5 0.5 0.1 0.1 0.93', 'a confidence', /six/],
    ['0 0.1 0.1 0.2 0.2 0.3 0.3 0.4', 'an outline with half a point', /8 numbers/],
    ['0 0.1 0.1 0.2 0.2 0.3 1.3', 'an outline that sticks out', /outline .* leaves the picture/],
    ['0 0.1 0.1 0.1 0.2 0.1 0.3', 'an outline without area', /no area/],
    ['0,0.5,0.5,0.1,0.1', 'commas', /commas between/],
    ['person 0.5 0.5 0.1 0.1', 'a name', /“person”/],
    ['0 0,5 0.5 0.1 0.1', 'a decimal comma', /“0,5”/],
    ['1.5 0.5 0.5 0.1 0.1', 'half a class', /class 1\.5/],
    ['-1 0.5 0.5 0.1 0.1', 'a negative class', /class -1/],
    ['80 0.5 0.5 0.1 0.1', 'a class too many', /no class 80/],
    ['0 0.5 0.5 0 0.1', 'no width', /0 wide/],
    ['0 0.5 0.5 0.1 -0.1', 'a negative height', /-0\.1 high/],
    ['0 320 240 100 50', 'pixels', /outside of the picture/],
    ['0 1.2 0.5 0.6 0.1', 'a centre outside', /outside of the picture/],
    ['0 -0.005 0.5 0.001 0.1', 'nothing of it inside', /outside of the picture/],
    ['0 0.5 NaN 0.1 0.1', 'not a number', /“NaN”/],
    ['0 0.5 0.5 Infinity 0.1', 'infinity', /“Infinity”/],
  ])('refuse %j: %s', (line, _, message) => {
    expect(() => read(`0 0.5 0.5 0.1 0.1\n\n${line}\n`)).toThrow(
      expect.objectContaining({
        code: 'label-malformed',
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(/\.$/),
      }),
    );
    expect(() => read(`0 0.5 0.5 0.1 0.1\n\n${line}\n`)).toThrow(/^street\.txt, line 3: /);
  });

  it('take an outline for the box around it, among boxes and in either direction', () => {
    const around = [{ classId: 4, box: [20, 10, 60, 40].map((side) => expect.closeTo(side, 9)) }];
    expect(read('4 0.1 0.1 0.3 0.1 0.3 0.4 0.1 0.4')).toEqual(around);
    expect(read('4 0.2 0.4 0.1 0.2 0.3 0.1')).toEqual(around);
    expect(
      read('0 0.5 0.5 1 1\n4 0.1 0.1 0.3 0.1 0.3 0.4\n1 .5 .5 .1 .1').map(({ classId }) => classId),
    ).toEqual([0, 4, 1]);
    // As far as Ultralytics allows points to leave the picture; the box does not.
    expect(read('0 -0.005 0 0.5 0 0.5 1.005')[0]!.box).toEqual([0, 0, 100, 100]);
  });

  it('count a line that is there twice once', () => {
    expect(read('0 0.5 0.5 0.1 0.1\n1 0.5 0.5 0.1 0.1\n0 0.50 .5 0.1 0.1')).toHaveLength(2);
  });

  it('are cut at the edge of the picture where a box goes beyond it', () => {
    expect(read('0 0.5 0.5 1.0005 1')[0]!.box).toEqual([0, 0, 200, 100]);
    expect(read('0 0.95 0.5 0.2 0.1')[0]!.box).toEqual(
      [170, 45, 200, 55].map((side) => expect.closeTo(side, 9)),
    );
    expect(read('0 -0.005 1.005 0.1 0.1')[0]!.box).toEqual(
      [0, 95.5, 9, 100].map((side) => expect.closeTo(side, 9)),
    );
  });

  it('are the box of a row with keypoints, however many there are', () => {
    const expected = [{ classId: 2, box: [80, 40, 120, 60].map((side) => expect.closeTo(side, 9)) }];
    const row = (...keypoints: string[]) => read(['2 0.5 0.5 0.2 0.2', ...keypoints].join(' '));
    expect(row('0.4 0.4 2')).toEqual(expected);
    expect(row('0.4 0.4 2.0', '0 0 0', '0.6 0.5 1')).toEqual(expected);
    // COCO's seventeen.
    expect(row(...Array.from({ length: 17 }, (_, i) => `0.${40 + i} 0.5 ${i % 3}`))).toEqual(expected);
    // Six points of which some lie on an edge are an outline: nothing says otherwise.
    const outline = read('2 0 0.2 0.2 0 0.6 0 1 0.2 0.8 0.6 0.4 1');
    expect(outline[0]!.box).toEqual([0, 0, 200, 100]);
  });
});
