/** The lesson's scenes, loaded, composed and looked at once a worker. */
import { loadMnist } from '@/lib/data';
import { fetchFile } from '@/lib/data/files';
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import { SCENE_BACKBONE_FILE } from '@/lib/detection/scenes';
import { SCENE_SEED, scenesHash } from '@/lib/runs/accounts/scenes';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { keepScenes, keptScenes } from './kept-scenes';
import { type Look, prepareScenes, type SymbolScenes } from './scene-training';

export interface LessonScenes {
  scenes: SymbolScenes;
  /** Names them in the ledger. */
  hash: string;
  /** For the provenance. */
  dataset: string;
}

let prepared: { key: string | null; scenes: Promise<LessonScenes> } | null = null;

/** @param network another network to look with, and its key; the lesson's own backbone if absent */
export function lessonScenes(
  // biome-ignore lint/suspicious/noExplicitAny: reports carry no update here
  context: ExperimentContext<any>,
  network: { key: string; look: Look } | null = null,
): Promise<LessonScenes> {
  const { signal, report } = context;
  const key = network?.key ?? null;
  if (prepared?.key === key) return prepared.scenes;
  const mine = { key, scenes: compose() };
  prepared = mine;
  mine.scenes.catch(() => {
    if (prepared === mine) prepared = null;
  });
  return mine.scenes;

  async function compose(): Promise<LessonScenes> {
    const backbone = await publicBackbone(context);
    const backend = context.backend?.name ?? 'none';
    // What another network sees depends on a file of the learner's: it is not kept.
    const kept = network
      ? null
      : await keptScenes(scenesHash(MNIST_SHA256), backbone, backend, () => pause(signal));
    if (kept) return described(kept, scenesHash(MNIST_SHA256));
    const mnist = await loadMnist({
      ...loader(context),
      onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading MNIST' }),
    });
    const scenes = await prepareScenes({
      ...{ mnist, backbone },
      ...(network ? { look: network.look } : {}),
      breathe: async (step, total) => {
        report({ phase: 'compile', step, total, label: 'Composing scenes and looking at them' });
        await pause(signal);
      },
    });
    const hash = scenesHash(mnist.sha256);
    // Beside the run, and to its end even where the run is stopped.
    if (!network) void keepScenes(hash, scenes, backend, () => pause(new AbortController().signal));
    return described(scenes, hash);
  }
}

const described = (scenes: SymbolScenes, hash: string): LessonScenes => ({
  scenes,
  hash,
  dataset: `${scenes.people.size} scenes of MNIST digits (seed ${SCENE_SEED}), ${scenes.test.length} test scenes of other digits`,
});

// biome-ignore lint/suspicious/noExplicitAny: as above
export const publicBackbone = (context: ExperimentContext<any>): Promise<Uint8Array> =>
  fetchFile(SCENE_BACKBONE_FILE, 'The public backbone', loader(context));

// biome-ignore lint/suspicious/noExplicitAny: as above
const loader = ({ signal, assetUrl }: ExperimentContext<any>) => ({
  fetch: (url: string, init?: { signal?: AbortSignal }) => fetch(url, init),
  assetUrl,
  signal,
});
