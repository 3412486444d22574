'use client';

import { useEffect, useState } from 'react';
import type { SourcePicture } from '@/components/vision/picture';
import { assetUrl } from '@/lib/runtime/assets';
import { pause } from '@/lib/runtime/pause';
import type { NoisyPicture } from './noisy-picture';
import { HERO } from './parameters';
import { RECORDED } from './recorded';

const { sample: id, file, alt, width, height } = RECORDED.made;
const CHANNELS = 3;

export interface HeroPicture {
  /** For the detector; null until it is read. */
  source: SourcePicture | null;
  /** For the eye; null until its noise is drawn. */
  noisy: NoisyPicture | null;
}

/** Reads the picture, and meanwhile draws its noise, bit by bit: a reader who touches something is answered in between. */
async function begin() {
  const [{ readSample }, { NoiseField, NoisyPicture: Noisy }] = await Promise.all([
    import('@/components/vision/picture'),
    import('./noisy-picture'),
  ]);
  const { signal } = new AbortController();
  const source = readSample({ id, file, title: id, alt }, assetUrl(`samples/${file}`), signal);
  async function draw() {
    const field = new NoiseField(CHANNELS * width * height, HERO.seed);
    while (!field.draw()) await pause(signal);
    return new Noisy((await source).rgba, field);
  }
  const noisy = draw();
  // Whoever waits hears of a failure; nobody may be waiting yet.
  for (const coming of [source, noisy]) coming.catch(() => {});
  return { source, noisy };
}

let begun: ReturnType<typeof begin> | null = null;
function beginOnce() {
  begun ??= begin();
  return begun;
}
// Beside React's own coming to life, not after it: this is what the first screen moves with.
if (typeof document !== 'undefined') beginOnce().catch(() => {});

/** The picture of the first screen and its noise, as soon as they are there. */
export function useNoisyPicture(): HeroPicture {
  const [source, setSource] = useState<SourcePicture | null>(null);
  const [noisy, setNoisy] = useState<NoisyPicture | null>(null);
  useEffect(() => {
    let gone = false;
    async function take() {
      const coming = await beginOnce();
      const read = await coming.source;
      if (!gone) setSource(read);
      const drawn = await coming.noisy;
      if (!gone) setNoisy(drawn);
    }
    // Without them the recorded boxes still stand on the picture that the page has; the detector has nothing to look at.
    take().catch(() => {});
    return () => {
      gone = true;
      begun = null;
    };
  }, []);
  return { source, noisy };
}
