'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Brought } from './dropped-files';
import { type LabelledSet, readLabelledFolder } from './labelled-folder';
import { type PictureProblem, toPictureProblem } from './picture';
import { readSampleSet, type SampleLabels } from './sample-set';

export interface LabelledSetSource {
  /** Null while it is being read. */
  set: LabelledSet | null;
  own: boolean;
  /** Pictures of a folder read so far. */
  reading: { done: number; total: number } | null;
  problem: PictureProblem | null;
  openFolder(brought: Brought): void;
  /** Back to the samples. */
  useSamples(): void;
}

const toProblem = (error: unknown) => toPictureProblem(error, 'The pictures', '');

/** The set that accuracy is measured on: the samples, or a folder of the learner's. */
export function useLabelledSet(labels: SampleLabels | null): LabelledSetSource {
  const [own, setOwn] = useState<LabelledSet | null>(null);
  const [samples, setSamples] = useState<LabelledSet | null>(null);
  const [reading, setReading] = useState<LabelledSetSource['reading']>(null);
  const [problem, setProblem] = useState<PictureProblem | null>(null);
  const work = useRef<AbortController | null>(null);

  useEffect(() => {
    const control = new AbortController();
    setSamples(null);
    readSampleSet(labels, control.signal).then(setSamples, (error) => {
      if (!control.signal.aborted) setProblem(toProblem(error));
    });
    return () => control.abort();
  }, [labels]);

  useEffect(() => () => work.current?.abort(), []);

  const openFolder = useCallback((brought: Brought) => {
    work.current?.abort();
    const control = new AbortController();
    work.current = control;
    setProblem(null);
    setReading({ done: 0, total: brought.files.length });
    readLabelledFolder(brought, control.signal, (done, total) => setReading({ done, total }))
      .then(setOwn, (error) => {
        if (!control.signal.aborted) setProblem(toProblem(error));
      })
      .finally(() => {
        if (work.current === control) setReading(null);
      });
  }, []);

  return {
    set: own ?? samples,
    own: own !== null,
    reading,
    problem,
    openFolder,
    useSamples() {
      work.current?.abort();
      setOwn(null);
      setProblem(null);
      setReading(null);
    },
  };
}
