'use client';

import { useEffect, useState } from 'react';
import type { ExperimentHandle } from '@/components/notebook/contracts';
import { useExperiment } from '@/components/notebook/use-experiment';
import type { SourcePicture } from '@/components/vision/picture';
import type { Detection } from '@/lib/detection/detector';
import { mayPrepare, whenAtRest } from '@/lib/notebook/prepare-ahead';
import { HERO } from './parameters';

interface Params extends Omit<typeof HERO, 'picture'> {
  picture: string;
  noise: number;
}

/** What the page takes of the experiment's answer. */
interface Look {
  detections: Detection[];
  detector: string;
  detectMs: number;
}

export interface LiveLook {
  handle: ExperimentHandle<Params, never, Look>;
  /** At the noise asked for, or null until the detector has answered. */
  look: Look | null;
}

/** True once the page has nothing else to do, where it may load what nobody has asked for. */
function useAtRest(): boolean {
  const [atRest, setAtRest] = useState(false);
  useEffect(() => (mayPrepare(navigator) ? whenAtRest(window, () => setAtRest(true)) : undefined), []);
  return atRest;
}

/**
 * The real detector at this strength of the noise: loaded when the page is at rest, or at the first touch.
 * @param touched whether somebody has moved the slider
 */
export function useLiveLook(
  cellId: string,
  noise: number,
  source: SourcePicture | null,
  touched: boolean,
): LiveLook {
  const atRest = useAtRest();
  const { picture: _, ...fixed } = HERO;
  const handle = useExperiment<Params, never, Look>({
    cellId,
    experimentId: 'detect',
    mode: 'reactive',
    enabled: source !== null && (touched || atRest),
    params: { ...fixed, picture: source?.key ?? '', noise },
    inputs: source ? [{ key: source.key, value: source.rgba }] : [],
  });
  const { result, ranWith } = handle;
  return { handle, look: ranWith?.noise === noise ? result : null };
}
