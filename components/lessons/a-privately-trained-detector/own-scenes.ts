/**
 * A labelled folder of the learner's own as private scenes: one picture with its labels is one person, or all pictures whose names begin
 * alike are. The account is known by the hash of what all of them hold, whatever the files are called and in whatever order they come. Made on the page, without tensors.
 */
import type { ClassNames } from '@/lib/data/class-names';
import { DataError } from '@/lib/data/files';
import { parseYoloLabels, type Reference } from '@/lib/detection/metrics';
import { sceneInk } from '@/lib/detection/scenes/ink';
import { SCENE_INPUT } from '@/lib/detection/scenes/weights';
import type { AccountRequest } from '@/lib/ledger';
import { hashBytes } from '@/lib/ledger/canonical';
import { OWN_SCENES_LIMITS, SCENE_DELTA } from '@/lib/runs/accounts/scenes';
import { type RgbaPicture, toPixelImage } from '@/lib/vision/pictures';
import type { ColourScene } from './experiments/network-look';

/** As a network at the head's 8 × 8 places is shown pictures. */
const COLOUR_SIDE = 128;
/** Share of people kept for judging, and the fewest of them. */
const HELD_OUT = 0.2;
const LEAST_HELD_OUT = 5;

/** One person as the page has read it. */
export interface OwnScene {
  /** 64 × 64 grey values, as `Scene`. */
  pixels: Uint8Array;
  /** 128 × 128 × 3, for a backbone that sees colours. */
  colour: Uint8Array;
  /** Class numbers as the folder's labels have them. */
  objects: readonly Reference[];
  /** `hashBytes` of picture file and labels. */
  hash: string;
  /** Where the picture lies, for whom it is of. */
  file?: string;
}

/** A whole folder, as it is sent ahead of a run. */
export interface OwnScenes {
  /** The folder's name. */
  name: string;
  /** Of all people together. Names the account, and the input. */
  hash: string;
  people: ColourScene[];
  test: ColourScene[];
  /** Where somebody has several pictures: whose `people` are, by their places; null where one picture is one person. */
  persons: readonly (readonly number[])[] | null;
  /** How everybody's name begins, and how many pictures they have, those that are judged on among them; null likewise. */
  groups: readonly PersonGroup[] | null;
  /** What the head's answers stand for. */
  classes: string[];
  /** Whether the folder's own list names them, or they are what occurs in its labels. */
  classesFrom: 'list' | 'labels';
}

/** All pictures whose names begin alike. */
export interface PersonGroup {
  prefix: string;
  pictures: number;
}

/**
 * How a file's name begins, before the first separator: “anna_03.jpg” is of “anna”. The whole name without its ending where there is no
 * separator in it.
 */
export function prefixOf(path: string, separator: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const at = name.indexOf(separator);
  return at > 0 ? name.slice(0, at) : name;
}

/** Bytes of a picture and of its labels as one name. */
export function ownSceneHash(picture: Uint8Array, labels: string): string {
  const text = new TextEncoder().encode(`${hashBytes(picture)} ${labels}`);
  return hashBytes(text);
}

/**
 * A picture of any shape in the top-left corner of a white square, made 64 × 64 and grey, and its labels' boxes there: as a
 * trained detector will be shown pictures.
 * @param file named in errors
 * @throws DetectionError `label-malformed`
 */
export function ownScene(picture: RgbaPicture, labels: string, file: string): Omit<OwnScene, 'hash'> {
  const { width, height } = picture;
  const zoom = SCENE_INPUT / Math.max(width, height);
  const ink = sceneInk(toPixelImage(picture), Math.max(width, height));
  return {
    pixels: Uint8Array.from(ink, (value) => Math.round(255 * (1 - value))),
    colour: colourSquare(picture),
    objects: parseYoloLabels(labels, { width, height }, { file }).map(({ box, classId }) => ({
      box: [box[0] * zoom, box[1] * zoom, box[2] * zoom, box[3] * zoom] as const,
      classId,
    })),
  };
}

/** The same square in colour, each pixel the nearest one of the picture; white around it. */
function colourSquare({ width, height, data }: RgbaPicture): Uint8Array {
  const out = new Uint8Array(COLOUR_SIDE * COLOUR_SIDE * 3).fill(255);
  const zoom = Math.max(width, height) / COLOUR_SIDE;
  for (let y = 0; y < COLOUR_SIDE; y++)
    for (let x = 0; x < COLOUR_SIDE; x++) {
      const [u, v] = [Math.floor((x + 0.5) * zoom), Math.floor((y + 0.5) * zoom)];
      if (u >= width || v >= height) continue;
      const from = 4 * (v * width + u);
      out.set(data.subarray(from, from + 3), 3 * (y * COLOUR_SIDE + x));
    }
  return out;
}

/**
 * Who is learnt from and who is kept for judging, and which class is which answer of the head. Who is kept hangs on each
 * person's own hash: one more person moves nobody else.
 * @param names of the classes, where the folder says them
 * @param separator what stands in file names between the person and the rest; none where one picture is one person
 * @throws DataError `folder-unlabelled`, `folder-too-small`, `folder-too-large` or `folder-too-many-classes`
 */
export function ownScenes(
  name: string,
  all: readonly OwnScene[],
  names?: ClassNames,
  separator = '',
): OwnScenes {
  const { least, most, classes: answers } = OWN_SCENES_LIMITS;
  if (all.length > 0 && all.every(({ objects }) => objects.length === 0))
    throw new DataError(
      'folder-unlabelled',
      `None of the ${all.length} pictures has a label.`,
      'Put a .txt file of the same name beside each picture, or in “labels” next to “images”: class, centre x, centre y, width, height.',
    );
  const grouped = separator !== '';
  const personOf = ({ file = '', hash }: OwnScene) => (grouped ? prefixOf(file, separator) : hash);
  const units = new Set(all.map(personOf)).size;
  if (units < least)
    throw new DataError(
      'folder-too-small',
      `${units} different ${grouped ? 'people' : 'pictures'} are too few: a step takes about one person in eight, and ${least} are the least.`,
      grouped
        ? 'Choose a folder with more people, or another separator.'
        : 'Choose a folder with more pictures. With fewer than a thousand, the noise of any small ε hides all there is to learn.',
    );
  if (all.length > most)
    throw new DataError(
      'folder-too-large',
      `${all.length} pictures are more than ${most.toLocaleString('en')}, the most that are read.`,
      'Choose a smaller folder.',
    );
  const { ids, from } = classList(all, names);
  if (ids.length > answers)
    throw new DataError(
      'folder-too-many-classes',
      `The labels name ${ids.length} different classes, and the head has answers for ${answers}.`,
      `Keep the labels of at most ${answers} classes.`,
    );
  const sorted = [...all].sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
  const scene = ({ pixels, colour, objects }: OwnScene): ColourScene => ({
    ...{ pixels, colour },
    // What is no class of the list is nothing to learn: that hangs on nobody else.
    objects: objects
      .filter(({ classId }) => ids.includes(classId))
      .map(({ box, classId }) => ({ box, classId: ids.indexOf(classId) })),
  });
  // All pictures of a person fall to the same part.
  const isKept = (one: OwnScene) => isHeldOut(grouped ? nameHash(personOf(one)) : one.hash);
  const people = sorted.filter((one) => !isKept(one));
  const test = sorted.filter(isKept);
  if (test.length < LEAST_HELD_OUT || test.every(({ objects }) => objects.length === 0))
    throw new DataError(
      'folder-too-small',
      `Only ${test.length} pictures fell to the part that models are judged on, and too few of them are labelled.`,
      'Choose a folder with more labelled pictures.',
    );
  return {
    name,
    // Whose a picture is belongs to the data: grouped otherwise it is another account.
    hash: nameHash(sorted.map((one) => (grouped ? `${one.hash} ${personOf(one)}` : one.hash)).join('\n')),
    people: people.map(scene),
    test: test.map(scene),
    persons: grouped ? placesByPerson(people.map(personOf)) : null,
    groups: grouped ? groupsOf(sorted.map(personOf)) : null,
    classes: ids.map((id) => names?.get(id) ?? `class ${id}`),
    classesFrom: from,
  };
}

/**
 * The class numbers that the head answers for. From the folder's own list where it has one that fits: read off the labels, one person
 * who alone has a class would move the answers of all classes after it, and show by the list that they are there.
 */
function classList(all: readonly OwnScene[], names?: ClassNames): { ids: number[]; from: 'list' | 'labels' } {
  const ascending = (numbers: Iterable<number>) => [...new Set(numbers)].sort((a, b) => a - b);
  if (names && names.size <= OWN_SCENES_LIMITS.classes) return { ids: ascending(names.keys()), from: 'list' };
  return {
    ids: ascending(all.flatMap(({ objects }) => objects.map(({ classId }) => classId))),
    from: 'labels',
  };
}

const nameHash = (name: string) => hashBytes(new TextEncoder().encode(name));

/** Where each person's pictures stand. */
function placesByPerson(owners: readonly string[]): number[][] {
  const places = new Map<string, number[]>();
  for (const [i, owner] of owners.entries()) places.set(owner, [...(places.get(owner) ?? []), i]);
  return [...places.values()];
}

const groupsOf = (owners: readonly string[]): PersonGroup[] =>
  placesByPerson(owners)
    .map((places) => ({ prefix: owners[places[0]!]!, pictures: places.length }))
    .sort((a, b) => b.pictures - a.pictures || (a.prefix < b.prefix ? -1 : 1));

/** By the last two digits of a hash. */
const isHeldOut = (hash: string): boolean => Number.parseInt(hash.slice(-2), 16) < 256 * HELD_OUT;

const NAME_LENGTH = 100;

/** Name, number of people and classes are taken to be public. */
export function ownScenesAccount({ name, hash, people, persons }: OwnScenes): AccountRequest {
  const shown = name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)}…` : name;
  return {
    dataset: persons
      ? {
          hash,
          title: `Your pictures (${shown}, ${persons.length} people with ${people.length} pictures)`,
          size: persons.length,
        }
      : { hash, title: `Your pictures (${shown}, ${people.length} people)`, size: people.length },
    unit: persons ? 'person' : 'scene',
    relation: 'add-or-remove-one',
    delta: SCENE_DELTA,
  };
}
