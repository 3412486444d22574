/** The learner's own labelled folder, once it was chosen, as scenes to train on. Gone with the page. */
import { create } from 'zustand';
import type { Brought } from '@/components/vision/dropped-files';
import { pathOf } from '@/components/vision/file-paths';
import {
  aboutStrays,
  aboutUnlabelled,
  keypointsInRows,
  labelsIn,
  namesOfClasses,
  nothingLeft,
} from '@/components/vision/labelled-folder';
import { unreadableBecause } from '@/components/vision/left-out';
import { pairLabels } from '@/components/vision/pair-labels';
import { PictureError, type PictureProblem, readFile } from '@/components/vision/picture';
import type { ClassNames } from '@/lib/data/class-names';
import { DataError } from '@/lib/data/files';
import { DetectionError } from '@/lib/detection/detector';
import { OWN_SCENES_LIMITS } from '@/lib/runs/accounts/scenes';
import type { OwnScene, OwnScenes } from '../own-scenes';

/** What was read of a folder, before anybody is told apart. */
interface Folder {
  name: string;
  read: OwnScene[];
  names: ClassNames | undefined;
}

interface State {
  scenes: OwnScenes | null;
  folder: Folder | null;
  /** What stands in file names between the person and the rest; empty where one picture is one person. */
  separator: string;
  /** Worth knowing: what was left out, what is taken for what. */
  notes: readonly string[];
  reading: { done: number; total: number } | null;
  /** What was wrong with the last folder. */
  problem: PictureProblem | null;
}

/** Pixels of the longer side that are looked at: the scene has 64. */
const READ_SIDE = 256;

const EMPTY: State = {
  ...{ scenes: null, folder: null, separator: '' },
  ...{ notes: [], reading: null, problem: null },
};
export const useOwnFolder = create<State>(() => EMPTY);
const { setState: put } = useOwnFolder;

let work: AbortController | null = null;

export function closeOwnFolder(): void {
  work?.abort();
  put(EMPTY);
}

/** Tells people apart by another separator. One that leaves too few of them is said, and what was there stays. */
export async function groupOwnFolder(separator: string): Promise<void> {
  const { folder } = useOwnFolder.getState();
  put({ separator, problem: null });
  if (folder === null) return;
  const { ownScenes } = await import('../own-scenes');
  // Meanwhile somebody may have typed on, or chosen another folder.
  const now = useOwnFolder.getState();
  if (now.separator !== separator || now.folder !== folder) return;
  try {
    put({ scenes: ownScenes(folder.name, folder.read, folder.names, separator) });
  } catch (error) {
    put({ problem: inWords(error) });
  }
}

/** Reads a folder that was chosen. One that cannot be read leaves what was there. */
export async function openOwnFolder(brought: Brought): Promise<void> {
  work?.abort();
  const control = new AbortController();
  work = control;
  put({ problem: null, reading: { done: 0, total: brought.files.length } });
  try {
    const found = await readFolder(brought, control.signal, (done, total) =>
      put({ reading: { done, total } }),
    );
    if (!control.signal.aborted) put({ ...found, reading: null });
  } catch (error) {
    if (!control.signal.aborted) put({ problem: inWords(error), reading: null });
  }
}

async function readFolder(
  { files, unread }: Brought,
  signal: AbortSignal,
  told: (done: number, total: number) => void,
): Promise<{ scenes: OwnScenes; folder: Folder; notes: string[] }> {
  // Comes only when a folder does.
  const { ownScene, ownSceneHash, ownScenes } = await import('../own-scenes');
  const paired = pairLabels(files, unread);
  const { pictures, labelOf, folder, classFiles, leftOut } = paired;
  if (pictures.length === 0) throw nothingLeft(leftOut.notes());
  const unlabelled = pictures.filter((picture) => !labelOf(picture)).length;
  const notes: string[] = [];
  if (unlabelled > 0 && unlabelled < pictures.length) notes.push(aboutUnlabelled(unlabelled));
  notes.push(...aboutStrays(paired, pictures.length - unlabelled));
  const taken = pictures.slice(0, OWN_SCENES_LIMITS.most);
  if (taken.length < pictures.length)
    notes.push(`The first ${taken.length} of ${pictures.length} pictures are used.`);

  const keypoints = await keypointsInRows(classFiles);
  const read = new Map<string, OwnScene>();
  let twice = 0;
  for (const [i, picture] of taken.entries()) {
    signal.throwIfAborted();
    const file = labelOf(picture);
    try {
      const labels = file ? await labelsIn(file, keypoints) : '';
      const hash = ownSceneHash(new Uint8Array(await picture.arrayBuffer()), labels);
      if (read.has(hash)) twice++;
      else {
        const { rgba } = await readFile(picture, pathOf(picture), READ_SIDE);
        const path = pathOf(picture);
        read.set(hash, {
          hash,
          file: path,
          ...ownScene(rgba, labels, file ? pathOf(file) : pathOf(picture)),
        });
      }
    } catch (error) {
      // One that cannot be read is left out; the others are learnt from.
      if (error instanceof DetectionError) leftOut.add('labels', error.message);
      else leftOut.add(unreadableBecause(pathOf(picture), picture.type), pathOf(picture));
    }
    told(i + 1, taken.length);
  }
  signal.throwIfAborted();
  if (read.size === 0) throw nothingLeft(leftOut.notes());
  notes.push(...leftOut.notes());
  if (twice > 0) notes.push(`${twice} pictures are there twice, labels and all: each counts once.`);
  const names = (await namesOfClasses(classFiles))?.names;
  const found: Folder = { name: folder ?? 'pictures', read: [...read.values()], names };
  const { separator } = useOwnFolder.getState();
  return { scenes: ownScenes(found.name, found.read, names, separator), folder: found, notes };
}

const inWords = (error: unknown): PictureProblem =>
  error instanceof PictureError || error instanceof DataError || error instanceof DetectionError
    ? { message: error.message, remedy: error.remedy }
    : { message: 'The folder could not be read.', remedy: 'Choose it again.' };
