'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { readSample, type SourcePicture } from '@/components/vision/picture';
import { assetUrl } from '@/lib/runtime/assets';
import { NoisyPicture } from './noisy-picture';
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
    readSample({ id, file, title: id, alt }, assetUrl(`samples/${file}`), control.signal).then(
      (read) => !control.signal.aborted && setSource(read),
      // Without it the recorded boxes still stand on the picture that the page has; the detector has nothing to look at.
      () => {},
    );
    return () => control.abort();
  }, []);

  useEffect(() => {
    if (!source) return;
    const picture = new NoisyPicture(source.rgba, HERO.seed);
    begun.current = picture;
    if (hurried.current) return setNoisy(picture);
    let timer = setTimeout(function more() {
      if (picture.draw()) setNoisy(picture);
      else timer = setTimeout(more);
    });
    return () => clearTimeout(timer);
  }, [source]);

  const hurry = useCallback(() => {
    hurried.current = true;
    if (begun.current) setNoisy(begun.current);
  }, []);

  return { source, noisy, hurry };
}
