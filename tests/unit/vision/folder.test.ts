/** Folders as people have them: same names in two splits, files of systems, pictures that no browser reads, labels that are not sound. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { droppedFiles } from '@/components/vision/dropped-files';
import { atPath, pathOf } from '@/components/vision/file-paths';
import { readLabelledFolder } from '@/components/vision/labelled-folder';
import { pairLabels } from '@/components/vision/pair-labels';
import type * as picture from '@/components/vision/picture';
import { sortFolder } from '@/components/vision/sort-folder';

// Decoding needs a browser. Here a picture that says "broken" is one that cannot be read.
vi.mock('@/components/vision/picture', async (original) => {
  const real = await original<typeof picture>();
  return {
    ...real,
    readFile: async (file: File, name: string) => {
      if ((await file.text()) === 'broken') throw new real.PictureError('picture-unreadable', name, '');
      return { key: name, rgba: { width: 100, height: 100, data: new Uint8ClampedArray(40_000) } };
    },
  };
});

/** A file as a chosen folder gives it. */
function file(path: string, text = 'x', type = /\.jpg$/.test(path) ? 'image/jpeg' : ''): File {
  const made = new File([text], path.split('/').at(-1)!, { type });
  Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' });
  return made;
}

const labelsOf = (files: readonly File[]) => {
  const { pictures, labelOf } = pairLabels(files);
  return Object.fromEntries(
    pictures.map((each) => {
      const label = labelOf(each);
      return [pathOf(each), label ? pathOf(label) : null];
    }),
  );
};

describe('which labels belong to which picture', () => {
  it('stays within the picture’s own split', () => {
    const files = ['train', 'valid', 'test'].flatMap((split) => [
      file(`set/${split}/images/1.jpg`),
      file(`set/${split}/labels/1.txt`),
    ]);
    expect(labelsOf(files)).toEqual({
      'set/train/images/1.jpg': 'set/train/labels/1.txt',
      'set/valid/images/1.jpg': 'set/valid/labels/1.txt',
      'set/test/images/1.jpg': 'set/test/labels/1.txt',
    });
    // One split without its label has none, rather than another's.
    expect(labelsOf(files.filter((each) => pathOf(each) !== 'set/valid/labels/1.txt'))).toMatchObject({
      'set/valid/images/1.jpg': null,
    });
  });

  it('is Ultralytics’ rule: the last “images” on the way is read as “labels”, before the place beside it', () => {
    expect(
      labelsOf([
        file('images/a/images/1.jpg'),
        file('images/a/labels/1.txt'),
        file('images/a/images/1.txt'),
        file('set/images/train/2.jpg'),
        file('set/labels/train/2.txt'),
        file('set/myimages/3.jpg'),
        file('set/myimages/3.txt'),
        file('set/images/4.jpg'),
        file('set/images/4.txt'),
      ]),
    ).toEqual({
      'images/a/images/1.jpg': 'images/a/labels/1.txt',
      'set/images/train/2.jpg': 'set/labels/train/2.txt',
      'set/myimages/3.jpg': 'set/myimages/3.txt',
      'set/images/4.jpg': 'set/images/4.txt',
    });
  });
});

describe('folders of other plans', () => {
  it.each([
    ['Images and Labels', 'set/Images/IMG_1.JPG', 'set/Labels/IMG_1.TXT'],
    ['labels inside of the pictures’ folder', 'set/1.jpg', 'set/labels/1.txt'],
    ['pictures inside of the labels’ folder', 'set/images/1.jpg', 'set/1.txt'],
    ['Kaggle’s words in one folder name', 'set/train_images/1.jpg', 'set/train_labels/1.txt'],
    ['splits inside on one side, outside on the other', 'set/images/train/1.jpg', 'set/train/labels/1.txt'],
    ['the same the other way round', 'set/train/images/1.jpg', 'set/labels/train/1.txt'],
    ['Darknet’s JPEGImages', 'VOC/JPEGImages/1.jpg', 'VOC/labels/1.txt'],
    ['two folders dropped together', 'images/1.jpg', 'labels/1.txt'],
    ['letters in two parts, as macOS writes them', 's/images/Zu\u0308rich.jpg', 's/labels/Z\u00FCrich.txt'],
    ['blanks and points in names', 's/images/a b. c.v2.png', 's/labels/a b. c.v2.txt'],
    ['Roboflow’s endings', 's/train/images/a_jpg.rf.1f.jpg', 's/train/labels/a_jpg.rf.1f.txt'],
    ['the picture’s ending kept', 's/images/1.jpg', 's/labels/1.jpg.txt'],
  ])('%s', (_, picture, label) => {
    expect(labelsOf([file(picture), file(label), file('s/README.txt')])).toEqual({ [picture]: label });
  });

  it('never lets a picture take labels that may be another’s', () => {
    const twice = [file('s/a/images/1.jpg'), file('s/a/photos/1.jpg'), file('s/a/labels/1.txt')];
    // The first is beside them by Ultralytics' rule.
    expect(labelsOf(twice)).toEqual({ 's/a/images/1.jpg': 's/a/labels/1.txt', 's/a/photos/1.jpg': null });
    const either = [file('s/photos/1.jpg'), file('s/labels/1.txt'), file('s/annotations/1.txt')];
    expect(labelsOf(either)).toEqual({ 's/photos/1.jpg': null });
    const splits = [file('s/valid/images/1.jpg'), file('s/train/labels/1.txt')];
    expect(labelsOf(splits)).toEqual({ 's/valid/images/1.jpg': null });
    expect(pairLabels([...splits, file('s/notes.txt')]).strays.map(pathOf)).toEqual(['s/train/labels/1.txt']);
  });
});

describe('what is in a folder', () => {
  it('never takes files of systems, and names what it leaves out', () => {
    const { pictures, texts, classFiles, leftOut, folder } = sortFolder(
      [
        file('set/images/10.jpg'),
        file('set/images/2.jpg'),
        file('set/images/._2.jpg'),
        file('set/labels/._2.txt'),
        file('set/.git/config'),
        file('set/__MACOSX/images/2.jpg'),
        file('set/Thumbs.db'),
        file('set/images/empty.jpg', ''),
        file('set/images/phone.HEIC'),
        file('set/labels/2.txt'),
        file('set/labels/classes.txt'),
        file('set/data.yaml'),
        file('set/runs/args.yaml'),
      ],
      ['set/images/gone.jpg'],
    );
    expect(pictures.map(({ name }) => name)).toEqual(['2.jpg', '10.jpg', 'phone.HEIC']);
    expect(texts.map(({ name }) => name)).toEqual(['2.txt']);
    expect(classFiles.map(({ name }) => name)).toEqual(['data.yaml', 'args.yaml', 'classes.txt']);
    expect(folder).toBe('set');
    expect(leftOut.count).toBe(7);
    expect(leftOut.notes().join('\n')).toMatch(
      /5 hidden files \(“.*, and 2 more\).*\n.*1 file that cannot be read \(“set\/images\/gone\.jpg”\).*\n.*1 empty picture \(“set\/images\/empty\.jpg”\)/,
    );
  });

  it('has no name where not all of it lies in one folder', () => {
    expect(sortFolder([file('1.jpg'), file('2.jpg')]).folder).toBeNull();
    expect(sortFolder([file('a/1.jpg'), file('b/1.jpg')]).folder).toBeNull();
  });
});

/** An entry of a drop, with what is in it. Folders give what they hold in two pieces. */
type Tree = { [name: string]: Tree | string };
function entry(path: string, tree: Tree | string): FileSystemEntry {
  const made = { isFile: typeof tree === 'string', isDirectory: typeof tree !== 'string', fullPath: path };
  if (typeof tree === 'string')
    return {
      ...made,
      file: (done: (file: File) => void, fail: (error: Error) => void) =>
        tree === 'locked'
          ? fail(new Error('NotReadableError'))
          : done(new File([tree], path.split('/').at(-1)!)),
    } as unknown as FileSystemEntry;
  const inside = Object.entries(tree).map(([name, inner]) => entry(`${path}/${name}`, inner));
  return {
    ...made,
    createReader: () => ({
      readEntries: (done: (piece: FileSystemEntry[]) => void) => done(inside.splice(0, 1)),
    }),
  } as unknown as FileSystemEntry;
}
const dropped = (trees: Tree, files: File[] = []) =>
  ({
    files,
    items: Object.entries(trees).map(([name, tree]) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry(`/${name}`, tree),
    })),
  }) as unknown as DataTransfer;

describe('a dropped or pasted folder', () => {
  it('keeps the paths that the button would give, and names what the browser cannot open', async () => {
    const { files, unread } = await droppedFiles(
      dropped({
        split: {
          train: { images: { '1.jpg': 'a' }, labels: { '1.txt': 'b' } },
          valid: { images: { '1.jpg': 'c', '2.jpg': 'locked' }, labels: { '1.txt': 'd' } },
        },
      }),
    );
    expect(files.map(pathOf)).toEqual([
      'split/train/images/1.jpg',
      'split/train/labels/1.txt',
      'split/valid/images/1.jpg',
      'split/valid/labels/1.txt',
    ]);
    expect(unread).toEqual(['split/valid/images/2.jpg']);
    expect(await Promise.all(files.map((each) => each.text()))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is read by handles where a browser has no entries', async () => {
    const leaf = (name: string) => ({ kind: 'file', name, getFile: async () => new File([name], name) });
    const folder = (name: string, ...inside: object[]) => ({
      ...{ kind: 'directory', name },
      async *values() {
        yield* inside;
      },
    });
    const handle = folder('set', folder('images', leaf('1.jpg')), folder('labels', leaf('1.txt')));
    const { files } = await droppedFiles({
      files: [],
      items: [{ kind: 'file', getAsFileSystemHandle: async () => handle }],
    } as unknown as DataTransfer);
    expect(files.map(pathOf)).toEqual(['set/images/1.jpg', 'set/labels/1.txt']);
  });

  it('gives plain files as they are', async () => {
    const plain = [new File(['x'], 'a.jpg')];
    const { files } = await droppedFiles(dropped({ 'a.jpg': 'x' }, plain));
    expect(files).toEqual(plain);
  });
});

describe('a labelled folder', () => {
  const told = vi.fn();
  beforeEach(() => told.mockClear());
  const read = (files: readonly File[], unread: readonly string[] = []) =>
    readLabelledFolder({ files, unread }, new AbortController().signal, told);
  const box = '0 0.5 0.5 0.2 0.2\n';

  it('goes on without what cannot be used, and says so', async () => {
    const set = await read([
      file('s/images/1.jpg'),
      file('s/labels/1.txt', box),
      file('s/images/2.jpg', 'broken'),
      file('s/images/3.tif', 'broken'),
      file('s/images/4.jpg'),
      file('s/labels/4.txt', '0 0.9 1.9 0.5 0.5\n'),
      file('s/images/5.jpg'),
    ]);
    expect(set.title).toBe('“s”, 2 pictures');
    expect(set.pictures.map(({ labels }) => labels?.text)).toEqual([box, '']);
    expect(set.notes.join('\n')).toMatch(/1 file that cannot be read \(“s\/images\/2\.jpg”\)/);
    expect(set.notes.join('\n')).toMatch(/1 TIFF file, .* \(“s\/images\/3\.tif”\)/);
    expect(set.notes.join('\n')).toMatch(
      /labels are not sound \(“s\/labels\/4\.txt, line 1: .* lies outside of the picture/,
    );
    expect(set.notes.join('\n')).toMatch(/1 picture has no label file/);
    expect(told).toHaveBeenLastCalledWith(5, 5);
  });

  it('reads on where pictures at its beginning are left out, up to what it holds', async () => {
    const many = Array.from({ length: 70 }, (_, i) => file(`s/${i}.jpg`, i < 5 ? 'broken' : 'x'));
    const { pictures, notes } = await read(many);
    expect(pictures).toHaveLength(60);
    expect(pictures[0]!.name).toBe('s/5.jpg');
    expect(notes).toContain('The first 60 of 70 pictures are used.');
  });

  it('knows the names of its classes from data.yaml, else from classes.txt', async () => {
    const files = [
      file('s/images/1.jpg'),
      file('s/labels/1.txt', box),
      file('s/labels/classes.txt', 'cat\ndog\n'),
    ];
    const byList = await read(files);
    expect([...byList.classNames!]).toEqual([
      [0, 'cat'],
      [1, 'dog'],
    ]);
    const byYaml = await read([...files, file('s/data.yaml', 'names: [face]\n')]);
    expect([...byYaml.classNames!]).toEqual([[0, 'face']]);
    expect((await read(files.slice(0, 2))).classNames).toBeUndefined();
  });

  it.each(['classes.txt', 'predefined_classes.txt', 'labels.txt', 'obj.names', '_darknet.labels'])(
    'knows them from a list by the name that a tool gives it: %s',
    async (name) => {
      const files = [
        file('s/images/1.jpg'),
        file('s/labels/1.txt', box),
        file(`s/${name}`, '0 cat\n1 dog\n'),
      ];
      expect([...(await read(files)).classNames!]).toEqual([
        [0, 'cat'],
        [1, 'dog'],
      ]);
    },
  );

  it('reads labels and names in UTF-16 too, and says which list gave no names', async () => {
    const utf16 = (path: string, text: string) => {
      const bytes = new Uint8Array([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);
      return atPath(new File([bytes], path.split('/').at(-1)!), path);
    };
    const set = await read([
      file('s/images/1.jpg'),
      utf16('s/labels/1.txt', box),
      utf16('s/classes.txt', 'cat\r\n'),
    ]);
    expect(set.pictures[0]!.labels!.text).toBe(box);
    expect([...set.classNames!]).toEqual([[0, 'cat']]);
    const odd = await read([
      file('s/images/1.jpg'),
      file('s/labels/1.txt', box),
      file('s/data.yaml', 'names: !odd\n  x: {}\n'),
    ]);
    expect(odd.classNames).toBeUndefined();
    expect(odd.notes).toContain('No list of class names could be read from “s/data.yaml”.');
  });

  it.each(['kpt_shape: [3, 2]\n', 'kpt_shape:\n  - 3\n  - 2\n'])(
    'takes the boxes of a set of poses, which its description alone tells from outlines: %j',
    async (shape) => {
      const row = '0 0.5 0.5 0.2 0.2 0.1 0.1 0.9 0.1 0.5 0.9\n';
      const files = [file('s/images/1.jpg'), file('s/labels/1.txt', row)];
      const set = await read([...files, file('s/data.yaml', `names: [cat]\n${shape}`)]);
      expect(set.pictures[0]!.labels!.text.trim()).toBe('0 0.5 0.5 0.2 0.2');
      expect(set.notes).toContain('These are labels of poses: of each object its box is taken.');
      expect((await read(files)).pictures[0]!.labels!.text).toBe(row);
    },
  );

  it('says what looks like labels and is not used', async () => {
    const voc = await read([file('s/images/1.jpg'), file('s/annotations/1.xml'), file('s/coco.json')]);
    expect(voc.pictures[0]!.labels).toBeNull();
    expect(voc.notes.join('\n')).toMatch(/Not read: 2 \.xml or \.json files \(“s\/annotations\/1\.xml”\)/);
    const apart = await read([file('s/valid/images/1.jpg'), file('s/train/labels/1.txt', box)]);
    expect(apart.notes.join('\n')).toMatch(/Not used: 1 text file .* \(“s\/train\/labels\/1\.txt”\)/);
  });

  it('that holds nothing of use says what is in it', async () => {
    await expect(read([file('s/._1.jpg'), file('s/2.jpg', 'broken')])).rejects.toThrow(
      /no picture in it that can be used.*hidden file \(“s\/\._1\.jpg”\).*cannot be read \(“s\/2\.jpg”\)/,
    );
    await expect(read([file('s/readme.md')])).rejects.toThrow('There is no picture in it.');
  });

  it('keeps the path given to a file of a drop', () => {
    expect(pathOf(atPath(file('1.jpg'), '/a/b/1.jpg'))).toBe('a/b/1.jpg');
  });
});
