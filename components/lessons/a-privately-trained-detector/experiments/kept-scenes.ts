/**
 * The lesson's scenes and their features, kept in this browser from one visit to the next: composing them and looking at each
 * takes seconds, reading them back a fraction of one. They follow from the digits, the backbone and the recipe, whose hash names them.
 */
import { SCENE_SIDE, type Scene, type SceneObject } from '@/lib/data';
import { keepRows, type RowsKey, readRows } from '@/lib/data/kept-rows';
import { hashBytes } from '@/lib/ledger/canonical';
import { SCENE_PEOPLE, SCENE_TESTS } from '@/lib/runs/accounts/scenes';
import { SCENE_FEATURE_WIDTH } from '@/lib/training';
import { SYMBOL_SCENES, type SymbolScenes, sceneDatasetOf, TARGETS } from './scene-training';

/** Changes with how scenes become features, or with how they are kept. */
const RECIPE = 1;
/** Four digits and the rare symbol. */
const MOST_OBJECTS = 5;
const PER_OBJECT = 5;
/** How many there are, and what they are. */
const PER_SCENE = 1 + MOST_OBJECTS * PER_OBJECT;
const PIXELS = SCENE_SIDE ** 2;

/** As they lie in the file, one after the other. */
export interface PackedScenes {
  features: Float32Array;
  targets: Float32Array;
  testFeatures: Float32Array;
  symbolFeatures: Float32Array;
  /** Of the scenes that are shown or judged: the first person's, the test scenes, those with the symbol. */
  pixels: Uint8Array;
  objects: Float64Array;
}

/** @param size people; the lesson's numbers if absent */
export function emptyPack(size = SCENE_PEOPLE, tests = SCENE_TESTS, symbols = SYMBOL_SCENES): PackedScenes {
  const shown = 1 + tests + symbols;
  return {
    features: new Float32Array(size * SCENE_FEATURE_WIDTH),
    targets: new Float32Array(size * TARGETS),
    testFeatures: new Float32Array(tests * SCENE_FEATURE_WIDTH),
    symbolFeatures: new Float32Array(symbols * SCENE_FEATURE_WIDTH),
    pixels: new Uint8Array(shown * PIXELS),
    objects: new Float64Array(shown * PER_SCENE),
  };
}

const shownOf = ({ canary, test, symbols }: SymbolScenes): Scene[] => [canary, ...test, ...symbols];

/** Features and targets are those of the scenes themselves, not copies. */
export function pack(scenes: SymbolScenes): PackedScenes {
  const { people, test, testFeatures, symbols, symbolFeatures } = scenes;
  const { pixels, objects } = emptyPack(0, test.length, symbols.length);
  for (const [i, scene] of shownOf(scenes).entries()) {
    pixels.set(scene.pixels, i * PIXELS);
    objects[i * PER_SCENE] = scene.objects.length;
    for (const [k, { box, classId }] of scene.objects.entries())
      objects.set([...box, classId], i * PER_SCENE + 1 + k * PER_OBJECT);
  }
  const targets = people.targets!.values;
  return { features: people.features, targets, testFeatures, symbolFeatures, pixels, objects };
}

export function unpack(packed: PackedScenes, backbone: Uint8Array): SymbolScenes {
  const { features, targets, testFeatures, symbolFeatures, pixels, objects } = packed;
  const sceneAt = (i: number): Scene => ({
    pixels: pixels.subarray(i * PIXELS, (i + 1) * PIXELS),
    objects: Array.from({ length: objects[i * PER_SCENE]! }, (_, k): SceneObject => {
      const at = i * PER_SCENE + 1 + k * PER_OBJECT;
      const [x1, y1, x2, y2, classId] = objects.subarray(at, at + PER_OBJECT) as unknown as [
        number,
        number,
        number,
        number,
        number,
      ];
      return { box: [x1, y1, x2, y2], classId };
    }),
  });
  const tests = testFeatures.length / SCENE_FEATURE_WIDTH;
  const all = Array.from({ length: pixels.length / PIXELS }, (_, i) => sceneAt(i));
  return {
    backbone,
    people: sceneDatasetOf(features, targets),
    canary: all[0]!,
    test: all.slice(1, 1 + tests),
    testFeatures,
    symbols: all.slice(1 + tests),
    symbolFeatures,
  };
}

/**
 * @param scenes their hash, as the ledger knows them
 * @param backend features of another one differ in their last digits
 */
const keyOf = (scenes: string, backbone: Uint8Array, backend: string): RowsKey => {
  const text = `${scenes} ${hashBytes(backbone)} ${backend} ${RECIPE}`;
  return { what: 'scenes', version: hashBytes(new TextEncoder().encode(text)).replace(/\W/g, '-') };
};

/** Null if there are none, or none that are sound. */
export async function keptScenes(
  hash: string,
  backbone: Uint8Array,
  backend: string,
  breathe: () => Promise<void>,
): Promise<SymbolScenes | null> {
  const packed = emptyPack();
  const found = await readRows(keyOf(hash, backbone, backend), Object.values(packed), breathe);
  return found ? unpack(packed, backbone) : null;
}

/** Goes on beside other work. Where the browser does not let it, the next visit composes them again. */
export function keepScenes(
  hash: string,
  scenes: SymbolScenes,
  backend: string,
  breathe: () => Promise<void>,
): Promise<boolean> {
  return keepRows(keyOf(hash, scenes.backbone, backend), Object.values(pack(scenes)), breathe);
}
