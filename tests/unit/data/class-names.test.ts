/** What a folder's `data.yaml` and `classes.txt` say: every form that labelling tools write, and no guesses. */
import { describe, expect, it } from 'vitest';
import { readNameList, readYamlNames } from '@/lib/data';

const yaml = (text: string) => {
  const names = readYamlNames(text);
  return names && Object.fromEntries(names);
};

describe('the names of a data.yaml', () => {
  const pair = { 0: 'face', 1: 'traffic light' };
  it.each([
    [
      'Roboflow’s list',
      "train: ../train/images\nnc: 2\nnames: ['face', 'traffic light']\n\nroboflow:\n  names: x\n",
    ],
    [
      'a list over lines, with comments',
      'names: [ # all\n  face, # the first\n  "traffic light", ]\nnc: 2\n',
    ],
    [
      'Ultralytics’ map',
      '# COCO\npath: coco\nnames:\n  0: face\n  1: traffic light\n\ndownload: |\n  names: no\n',
    ],
    ['a map with quotes and a comment', "names: # two\n  0: \"face\" # first\n  '1': 'traffic light'\nnc: 2"],
    ['a list of items, indented or not', 'names:\n  - face\n  - traffic light\n'],
    ['items at the margin', "names:\n- face\n- 'traffic light'\nval: x\n"],
    ['a map in braces', 'names: {0: face, 1: "traffic light"}'],
    ['braces over lines', 'names: {\n  0: face,\n  1: traffic light\n}\n'],
    ['a list that begins on the next line', 'names:\n  [face, traffic light]\n'],
    [
      'a quoted key, and Windows’ line ends',
      '\uFEFFnc: 2\r\n"names":\r\n  0: face\r\n  1: traffic light\r\n',
    ],
    ['under an anchor', 'names: &all [face, traffic light]\nother: *all\n'],
    ['under an anchor, one a line', 'names: &all # two\n  - face\n  - traffic light\n'],
    ['by an alias', 'all: &all\n  0: face\n  1: traffic light\nnames: *all\n'],
    ['with YAML’s own tag', 'names: !!seq [face, traffic light]\n'],
  ])('%s', (_, text) => {
    expect(yaml(text)).toEqual(pair);
  });

  it('keep quotes, hashes and colons that belong to a name, and numbers with gaps', () => {
    expect(yaml(`names: ['it''s', "a \\"b\\"", 'c: d', e#f]`)).toEqual({
      0: "it's",
      1: 'a "b"',
      2: 'c: d',
      3: 'e#f',
    });
    expect(yaml('names:\n  2: b\n  7: c\n')).toEqual({ 2: 'b', 7: 'c' });
    expect(yaml('names:\n  - "x, y"\n  - café 🐈\n')).toEqual({ 0: 'x, y', 1: 'café 🐈' });
  });

  it.each([
    ['none', 'nc: 3\ntrain: images\n'],
    ['only deeper ones', 'model:\n  names: [a, b]\n'],
    ['a file', 'names: data/coco.names\n'],
    ['an alias of nothing', 'names: *all\n'],
    ['an alias of itself', 'x: &all *all\nnames: *all\n'],
    ['a list in an item', 'names:\n  - - a\n'],
    ['an anchor among them', 'names: [&a x, y]\n'],
    ['lists in a list', 'names: [[a], [b]]\n'],
    ['maps in a list', 'names:\n  - name: a\n'],
    ['no end', 'names: [a, b\nnc: 2\n'],
    ['a number twice', 'names:\n  0: a\n  0: b\n'],
    ['words for numbers', 'names:\n  first: a\n'],
    ['nothing', 'names:\n'],
    ['an empty list', 'names: []\n'],
  ])('%s: null', (_, text) => {
    expect(yaml(text)).toBeNull();
  });
});

describe('a list of names', () => {
  it('is one a line, the first is class 0', () => {
    expect([...readNameList('\uFEFFface\r\n  cat \n\ndog\n')!]).toEqual([
      [0, 'face'],
      [1, 'cat'],
      [3, 'dog'],
    ]);
    expect(readNameList(' \n')).toBeNull();
  });

  it.each(['0 face\n1 traffic light\n', '0: face\r\n1: traffic light', '0,face\n1,traffic light'])(
    'may be numbered: %j',
    (text) => {
      expect([...readNameList(text)!]).toEqual([
        [0, 'face'],
        [1, 'traffic light'],
      ]);
    },
  );

  it('may have numbers for names, and is no file of labels', () => {
    expect([...readNameList('0\n1\n')!.values()]).toEqual(['0', '1']);
    expect([...readNameList('3d box\n4 wheels\n')!.values()]).toEqual(['3d box', '4 wheels']);
    expect([...readNameList('1 a\n2 b\n')!.values()]).toEqual(['1 a', '2 b']);
    expect(readNameList('0 0.5 0.5 0.1 0.1\n')).toBeNull();
  });
});
