'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { SourcePicture } from '@/components/vision/picture';
import { assetUrl } from '@/lib/runtime/assets';
import type { NoisyPicture } from './noisy-picture';
import { HERO } from './parameters';
import { RECORDED } from './recorded';

const { sample: id, file, alt } = RECORDED.made;

export interface HeroPicture {
  /** For the detector; null until it is read. */
  source: SourcePicture | null;
  /** For the eye; null until its noise is drawn. */
  noisy: NoisyPicture | null;
  /** Draws what is missing of the noise at once: somebody moves the slider. */
  hurry(): void;
}

/** Reads the picture once the page stands, and draws its noise bit by bit, between what else there is to do. */
export function useNoisyPicture(): HeroPicture {
  const [source, setSource] = useState<SourcePicture | null>(null);
  const [noisy, setNoisy] = useState<NoisyPicture | null>(null);
  const hurried = useRef(false);
  const begun = useRef<NoisyPicture | null>(null);

  useEffect(() => {
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function begin() {
      const [{ readSample }, { NoisyPicture: Made }] = await Promise.all([
        import('@/components/vision/picture'),
        import('./noisy-picture'),
      ]);
      const sample = { id, file, title: id, alt };
      const read = await readSample(sample, assetUrl(`samples/${file}`), control.signal);
      if (control.signal.aborted) return;
      setSource(read);
      const picture = new Made(read.rgba, HERO.seed);
      begun.current = picture;
      timer = setTimeout(function more() {
        if (hurried.current || picture.draw()) setNoisy(picture);
        else timer = setTimeout(more);
      });
    }
    // Without it the recorded boxes still stand on the picture that the page has; the detector has nothing to look at.
    begin().catch(() => {});
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, []);

  const hurry = useCallback(() => {
    hurried.current = true;
    if (begun.current) setNoisy(begun.current);
  }, []);

  return { source, noisy, hurry };
}
