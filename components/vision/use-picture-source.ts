'use client';

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { assetUrl } from '@/lib/runtime/assets';
import { type FrameSource, startCamera, startVideo } from './camera';
import type { Brought } from './dropped-files';
import { pathOf } from './file-paths';
import { LeftOut, unreadableBecause } from './left-out';
import { onOwnPicture, ownPicture, setOwnPicture } from './own-picture';
import {
  MAX_SIDE,
  type PictureProblem,
  readFile,
  readSample,
  type SourcePicture,
  toPictureProblem,
} from './picture';
import { sampleById } from './samples';
import { sortFolder } from './sort-folder';

export interface PictureSourceOptions {
  /** Which sample is chosen, by id; a parameter of the cell, so that links know it. */
  sample: string;
  onSample(id: string): void;
  /**
   * While true, no further frame is taken from the camera or video: the last one is still being looked at.
   * Give whether the cell's experiment is at work.
   */
  busy: boolean;
  /** Side of the network's input: files are kept this large at least. */
  inputSize?: number;
}

/** Several pictures, one of which is shown. */
export interface PictureSet {
  names: readonly string[];
  index: number;
}

export interface PictureSource {
  /** What to look at; null while it is loading. */
  picture: SourcePicture | null;
  /** The sample that is shown, or null with a picture of one's own. */
  sample: string | null;
  problem: PictureProblem | null;
  /** What moves: the camera or a video file. */
  live: 'off' | 'starting' | 'camera' | 'video';
  /** Null unless several files were given at once. */
  set: PictureSet | null;
  chooseSample(id: string): void;
  /** One file or many, a folder's among them: pictures, or a video. */
  openFiles(brought: Brought): void;
  /** Another picture of the set. */
  show(index: number): void;
  startCamera(): void;
  /** Ends camera or video; its last frame stays. */
  stopLive(): void;
  dismissProblem(): void;
}

/** Milliseconds between two frames at least. */
const FRAME_PACE = 66;

const toProblem = (error: unknown) =>
  toPictureProblem(error, 'The picture', ', or use a picture of your own');

/** Samples, files, videos and the camera behind one value. */
export function usePictureSource({
  sample,
  onSample,
  busy,
  inputSize = MAX_SIDE,
}: PictureSourceOptions): PictureSource {
  const own = useSyncExternalStore(onOwnPicture, ownPicture, () => null);
  const [loaded, setLoaded] = useState<SourcePicture | null>(null);
  const [problem, setProblem] = useState<PictureProblem | null>(null);
  const [live, setLive] = useState<PictureSource['live']>('off');
  const [files, setFiles] = useState<{ all: readonly File[]; index: number } | null>(null);
  const frames = useRef<FrameSource | null>(null);
  /** Grows with each wish for something else to look at: an answer to an older wish is put aside. */
  const wish = useRef(0);
  const limit = Math.max(MAX_SIDE, inputSize);

  useEffect(() => {
    const wanted = sampleById(sample);
    const control = new AbortController();
    readSample(wanted, assetUrl(`samples/${wanted.file}`), control.signal)
      .then((picture) => {
        if (!control.signal.aborted) setLoaded(picture);
      })
      .catch((error) => {
        if (!control.signal.aborted) setProblem(toProblem(error));
      });
    return () => control.abort();
  }, [sample]);

  // A network that sees more than the picture was kept at wants it read again.
  const read = own?.read;
  useEffect(() => {
    if (!read || read.limit === limit || read.longerSide <= Math.min(read.limit, limit)) return;
    let current = true;
    readFile(read.file, ownPicture()?.title ?? '', limit, read.id).then(
      (picture) => {
        if (current && ownPicture()?.read?.id === read.id) setOwnPicture(picture);
      },
      () => undefined, // it was read before: what is there stays
    );
    return () => {
      current = false;
    };
  }, [read, limit]);

  const stopLive = useCallback(() => {
    wish.current++;
    frames.current?.stop();
    frames.current = null;
    setLive('off');
  }, []);

  const start = useCallback(
    (kind: 'camera' | 'video', begin: () => Promise<FrameSource>) => {
      stopLive();
      const mine = wish.current;
      setProblem(null);
      setLive('starting');
      begin().then(
        (started) => {
          if (mine !== wish.current) return started.stop();
          frames.current = started;
          setLive(kind);
        },
        (error) => {
          if (mine !== wish.current) return;
          setLive('off');
          setProblem(toProblem(error));
        },
      );
    },
    [stopLive],
  );

  // The camera's light must not outlive the cell, nor what the learner can see.
  useEffect(() => {
    const hidden = () => {
      if (document.hidden) stopLive();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      stopLive();
    };
  }, [stopLive]);

  const moves = live === 'camera' || live === 'video';
  useEffect(() => {
    if (!moves || busy) return;
    const timer = setInterval(() => {
      try {
        const frame = frames.current?.frame();
        if (frame) setOwnPicture(frame);
      } catch (error) {
        stopLive();
        setProblem(toProblem(error));
      }
    }, FRAME_PACE);
    return () => clearInterval(timer);
  }, [moves, busy, stopLive]);

  /** Opens the picture at this place; what of a set cannot be read is left out, and the next is tried. */
  function open(pictures: readonly File[], index: number, leftOut = new LeftOut()) {
    stopLive();
    const mine = wish.current;
    const file = pictures[index]!;
    const notes = leftOut.notes();
    setProblem(notes.length === 0 ? null : { message: notes.join(' '), remedy: 'The others are here.' });
    setFiles(pictures.length > 1 ? { all: pictures, index } : null);
    readFile(file, file.name, limit).then(
      (picture) => {
        if (mine === wish.current) setOwnPicture(picture);
      },
      (error) => {
        if (mine !== wish.current) return;
        if (pictures.length === 1) return setProblem(toProblem(error));
        const left = pictures.filter((each) => each !== file);
        leftOut.add(unreadableBecause(pathOf(file), file.type), pathOf(file));
        open(left, Math.min(index, left.length - 1), leftOut);
      },
    );
  }

  return {
    picture: own ?? (loaded?.key === `sample:${sampleById(sample).id}` ? loaded : null),
    sample: own ? null : sampleById(sample).id,
    problem,
    live,
    set: own && files ? { names: files.all.map(pathOf), index: files.index } : null,
    chooseSample(id) {
      stopLive();
      setProblem(null);
      setFiles(null);
      setOwnPicture(null);
      onSample(id);
    },
    openFiles({ files: given, unread }) {
      const video = given.find(({ type }) => type.startsWith('video/'));
      if (given.length === 1 && video) {
        setFiles(null);
        start('video', () => startVideo(video, video.name, limit));
        return;
      }
      // Folders hold other things too; of a single file it is said what is wrong with it.
      if (given.length === 1 && unread.length === 0) return open(given, 0);
      const { pictures, leftOut } = sortFolder(given, unread);
      if (pictures.length > 0) return open(pictures, 0, leftOut);
      setProblem({
        message: [
          given.length === 0 ? 'Nothing was chosen.' : `None of the ${given.length} files is a picture.`,
          ...leftOut.notes(),
        ].join(' '),
        remedy: 'Choose a folder with JPEG, PNG, WebP or AVIF files.',
      });
    },
    show(index) {
      if (files?.all[index]) open(files.all, index);
    },
    startCamera() {
      setFiles(null);
      start('camera', () => startCamera(stopLive));
    },
    stopLive,
    dismissProblem: () => setProblem(null),
  };
}
