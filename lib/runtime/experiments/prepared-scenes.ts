/** The lesson's scenes, loaded, composed and looked at once a worker. */
import { loadMnist } from '@/lib/data';
import { fetchFile } from '@/lib/data/files';
import { SCENE_BACKBONE_FILE } from '@/lib/detection/scenes';
import type { ExperimentContext } from '../experiment';
import { pause } from '../pause';
import { SCENE_SEED, scenesHash } from './scene-account';
import { prepareScenes, type SymbolScenes } from './scene-training';

export interface LessonScenes {
  scenes: SymbolScenes;
  /** Names them in the ledger. */
  hash: string;
  /** For the provenance. */
  dataset: string;
}

let prepared: Promise<LessonScenes> | null = null;

// biome-ignore lint/suspicious/noExplicitAny: reports carry no update here
export function lessonScenes(context: ExperimentContext<any>): Promise<LessonScenes> {
  const { signal, report } = context;
  prepared ??= (async () => {
    const mnist = await loadMnist({
      ...loader(context),
      onProgress: (step, total) => report({ phase: 'download', step, total, label: 'Loading MNIST' }),
    });
    const backbone = await publicBackbone(context);
    const scenes = await prepareScenes({
      mnist,
      backbone,
      breathe: async (step, total) => {
        report({ phase: 'compile', step, total, label: 'Composing scenes and looking at them' });
        await pause(signal);
      },
    });
    return {
      scenes,
      hash: scenesHash(mnist.sha256),
      dataset: `${scenes.people.size} scenes of MNIST digits (seed ${SCENE_SEED}), ${scenes.test.length} test scenes of other digits`,
    };
  })().catch((error) => {
    prepared = null;
    throw error;
  });
  return prepared;
}

// biome-ignore lint/suspicious/noExplicitAny: as above
export const publicBackbone = (context: ExperimentContext<any>): Promise<Uint8Array> =>
  fetchFile(SCENE_BACKBONE_FILE, 'The public backbone', loader(context));

// biome-ignore lint/suspicious/noExplicitAny: as above
const loader = ({ signal, assetUrl }: ExperimentContext<any>) => ({
  fetch: (url: string, init?: { signal?: AbortSignal }) => fetch(url, init),
  assetUrl,
  signal,
});
