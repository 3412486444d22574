/** A labelled folder of the learner's own: what becomes of a picture, who is kept for judging, and what is refused. */
import { describe, expect, it } from 'vitest';
import {
  ownScene,
  ownSceneHash,
  ownScenes,
  ownScenesAccount,
  prefixOf,
} from '@/components/lessons/a-privately-trained-detector/own-scenes';
import { sceneClasses, sceneTitle } from '@/lib/detection/scenes/weights';
import { SCENE_GRID } from '@/lib/training';

/** A white picture of this size with a black rectangle, given as fractions: centre and size. */
function picture(width: number, height: number, [cx, cy, w, h]: readonly number[]) {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
      if (Math.abs(u - cx!) < w! / 2 && Math.abs(v - cy!) < h! / 2)
        data.fill(0, 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  return { width, height, data };
}

const person = (i: number, classId = 4) => {
  const labels = `${classId} 0.5 0.5 0.2 0.4\n`;
  return {
    ...ownScene(picture(40, 20, [0.5, 0.5, 0.2, 0.4]), labels, `${i}.txt`),
    hash: ownSceneHash(Uint8Array.of(i, i >> 8), labels),
  };
};
const folder = (size: number) => Array.from({ length: size }, (_, i) => person(i, i % 2 === 0 ? 4 : 9));

describe('a picture of any shape', () => {
  it('is 64 × 64 afterwards, in the upper left of white paper, with its boxes where its ink is', () => {
    const { pixels, objects } = ownScene(
      picture(128, 64, [0.25, 0.5, 0.25, 0.5]),
      '7 0.25 0.5 0.25 0.5',
      'a.txt',
    );
    expect(objects).toEqual([{ classId: 7, box: [8, 8, 24, 24] }]);
    for (let y = 0; y < 64; y++)
      for (let x = 0; x < 64; x++)
        expect(pixels[y * 64 + x]).toBe(x >= 8 && x < 24 && y >= 8 && y < 24 ? 0 : 255);
  });

  it('is refused with the file and line of a label that leaves it', () => {
    expect(() =>
      ownScene(picture(64, 64, [0, 0, 0, 0]), '0 0.5 0.5 0.1 0.1\n0 1.9 0.5 0.4 0.1', 'b.txt'),
    ).toThrow(/b\.txt, line 2: .* lies outside of the picture/);
  });
});

describe('a folder', () => {
  const all = folder(200);
  const whole = ownScenes('mine', all);

  it('keeps about one in five for judging, and one more person moves nobody else', () => {
    const { people, test } = whole;
    expect(people.length + test.length).toBe(200);
    expect(test.length).toBeGreaterThan(20);
    expect(test.length).toBeLessThan(60);
    const more = ownScenes('mine', [...all, person(777)]);
    const moved = more.people.length + more.test.length - people.length - test.length;
    expect(moved).toBe(1);
    expect(Math.abs(more.test.length - test.length)).toBeLessThanOrEqual(1);
    const places = (scenes: typeof people) =>
      scenes.map((scene) => all.findIndex(({ pixels }) => pixels === scene.pixels));
    expect(places(more.test).filter((i) => i >= 0)).toEqual(places(test));
  });

  it('is the same account under other names and in another order, and another with one label changed', () => {
    const account = ownScenesAccount(whole);
    const turned = ownScenes('yours', [...all].reverse());
    expect(ownScenesAccount(turned).dataset.hash).toBe(account.dataset.hash);
    // The same pictures in the same order, not only equal ones.
    expect(turned.people.every(({ pixels }, i) => pixels === whole.people[i]!.pixels)).toBe(true);
    expect(ownScenesAccount(ownScenes('mine', [person(0, 9), ...all.slice(1)])).dataset.hash).not.toBe(
      account.dataset.hash,
    );
    expect(account).toMatchObject({
      unit: 'scene',
      relation: 'add-or-remove-one',
      dataset: { size: whole.people.length },
    });
    expect(account.delta).toBeLessThan(1 / whole.people.length);
  });

  it('gives its classes the first answers of the head', () => {
    expect(whole.classes).toEqual(['class 4', 'class 9']);
    const found = new Set(whole.people.flatMap(({ objects }) => objects.map(({ classId }) => classId)));
    expect([...found].sort()).toEqual([0, 1]);
  });

  it('is refused where it is too small, has no labels, or more classes than the head has answers', () => {
    expect(() => ownScenes('few', folder(20))).toThrow(/20 different pictures are too few/);
    expect(() =>
      ownScenes(
        'bare',
        all.map((one) => ({ ...one, objects: [] })),
      ),
    ).toThrow(/None of the 200 pictures has a label/);
    expect(() =>
      ownScenes(
        'wide',
        all.map((_, i) => person(i, i % 12)),
      ),
    ).toThrow(/12 different classes/);
  });
});

describe('a folder of several pictures each', () => {
  /** 300 pictures of 100 people: three each. */
  const all = folder(300).map((one, i) => ({ ...one, file: `mine/p${i % 100}_${Math.floor(i / 100)}.jpg` }));
  const whole = ownScenes('mine', all, undefined, '_');

  it('tells people apart by how names begin', () => {
    expect(prefixOf('a/b_c/anna_03.jpg', '_')).toBe('anna');
    expect(prefixOf('anna-b_03.x.jpg', '-')).toBe('anna');
    expect(prefixOf('anna.jpg', '_')).toBe('anna');
    expect(prefixOf('_x.jpg', '_')).toBe('_x');
    expect(whole.groups).toHaveLength(100);
    expect(whole.groups!.every(({ pictures }) => pictures === 3)).toBe(true);
  });

  it('keeps all pictures of a person on one side, each with its owner', () => {
    const { people, test, persons } = whole;
    expect(people.length + test.length).toBe(300);
    expect(persons!.flat().sort((a, b) => a - b)).toEqual(people.map((_, i) => i));
    for (const places of persons!) {
      expect(places).toHaveLength(3);
      const owners = places.map((i) => all.find(({ pixels }) => pixels === people[i]!.pixels)!.file);
      expect(new Set(owners.map((file) => prefixOf(file, '_'))).size).toBe(1);
    }
  });

  it('has an account whose unit is the person, another one than that of its pictures', () => {
    const account = ownScenesAccount(whole);
    expect(account).toMatchObject({ unit: 'person', dataset: { size: whole.persons!.length } });
    const single = ownScenes('mine', all);
    expect(single).toMatchObject({ persons: null, groups: null });
    expect(ownScenesAccount(single)).toMatchObject({
      unit: 'scene',
      dataset: { size: single.people.length },
    });
    expect(single.hash).not.toBe(whole.hash);
    // Told apart otherwise, it is another account.
    const others = all.map((one, i) => ({ ...one, file: `p${i % 150}_${i}.jpg` }));
    expect(ownScenes('mine', others, undefined, '_').hash).not.toBe(whole.hash);
  });

  it('is refused where too few people are told apart', () => {
    const few = all.map((one, i) => ({ ...one, file: `p${i % 20}_${i}.jpg` }));
    expect(() => ownScenes('mine', few, undefined, '_')).toThrow(/20 different people are too few/);
  });
});

describe('the list of classes', () => {
  const names = new Map([
    [4, 'four'],
    [7, 'seven'],
    [9, 'nine'],
  ]);

  it('is the folder’s own, so that nobody’s labels decide which answer is whose', () => {
    const all = folder(200);
    const listed = ownScenes('mine', all, names);
    expect(listed).toMatchObject({ classes: ['four', 'seven', 'nine'], classesFrom: 'list' });
    // One person alone has class 7, and somebody else one that is not on the list: nobody else moves.
    const [seven, eight] = [person(5001, 7), person(5002, 8)];
    const more = ownScenes('mine', [...all, seven, eight], names);
    expect(more.classes).toEqual(listed.classes);
    const targets = ({ people, test }: typeof listed) =>
      [...people, ...test].flatMap(({ objects }) => objects.map(({ classId }) => classId));
    const count = (found: number[], classId: number) => found.filter((one) => one === classId).length;
    for (const classId of [0, 2]) expect(count(targets(more), classId)).toBe(count(targets(listed), classId));
    expect(count(targets(more), 1)).toBe(1);
    expect(targets(more)).toHaveLength(targets(listed).length + 1);
  });

  it('is read off the labels where there is none, or one too long, and that is said', () => {
    const all = folder(200);
    expect(ownScenes('mine', all)).toMatchObject({ classes: ['class 4', 'class 9'], classesFrom: 'labels' });
    const long = new Map(Array.from({ length: 80 }, (_, i) => [i, `thing ${i}`] as const));
    expect(ownScenes('mine', all, long)).toMatchObject({
      ...{ classes: ['thing 4', 'thing 9'], classesFrom: 'labels' },
    });
  });
});

it('A saved detector names the classes it was trained on, and a file with broken names is refused', () => {
  const classes = JSON.stringify(['class 4', 'class 9']);
  expect(sceneClasses({ classes }).slice(0, 3)).toEqual(['class 4', 'class 9', 'unused 1']);
  expect(sceneClasses({ classes })).toHaveLength(SCENE_GRID.classes);
  expect(sceneTitle({ classes, epsilon: '2' })).toBe('Detector of your own classes, ε 2');
  expect(() => sceneClasses({ classes: '{' })).toThrow(/names of this file/);
});
