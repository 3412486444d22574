'use client';

import { useEffect, useId, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { DropZone } from '@/components/ui/drop-zone';
import { FileButton } from '@/components/ui/file-button';
import { basePath } from '@/lib/runtime/assets';
import { droppedFiles, holdsFiles } from './dropped-files';
import { PictureProblemNote } from './problem-note';
import { SAMPLES, type SamplePicture, sampleById } from './samples';
import type { PictureSource } from './use-picture-source';

export interface ImageSourceProps {
  source: PictureSource;
  /** Ids of the samples to offer; all by default. */
  offer?: readonly string[];
  /** Whether it takes what is pasted into the page. One of a page does. Default true. */
  pastes?: boolean;
}

/** Where the picture comes from: a sample, files, a folder or a video (chosen, dropped or pasted), or the camera. */
export function ImageSource({ source, offer, pastes = true }: ImageSourceProps) {
  const name = useId();
  const { sample, live, problem, openFiles, set } = source;
  const samples = offer ? offer.map(sampleById) : SAMPLES;

  const chosen = (files: readonly File[]) => openFiles({ files, unread: [] });

  // What a paste will do when it comes, not what it would have done when the page was drawn.
  const open = useRef(openFiles);
  useEffect(() => {
    open.current = openFiles;
  });
  useEffect(() => {
    if (!pastes) return;
    const pasted = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      // What a labelled set has taken is its own.
      if (event.defaultPrevented || !data || !holdsFiles(data)) return;
      event.preventDefault();
      void droppedFiles(data).then((brought) => open.current(brought));
    };
    document.addEventListener('paste', pasted);
    return () => document.removeEventListener('paste', pasted);
  }, [pastes]);

  return (
    <DropZone
      onDropped={(data) =>
        void droppedFiles(data).then((brought) => {
          if (brought.files.length + brought.unread.length > 0) open.current(brought);
        })
      }
      className="grid gap-2"
      data-image-source
    >
      <fieldset>
        <legend className="mb-1.5 font-medium">Picture</legend>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(3.25rem,1fr))] gap-1.5">
          {samples.map((one) => (
            <Thumbnail
              key={one.id}
              name={name}
              sample={one}
              checked={sample === one.id}
              choose={() => source.chooseSample(one.id)}
            />
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap gap-2">
        <FileButton label="Upload a picture" accept="image/*,video/*" many="files" onFiles={chosen} />
        <FileButton label="Open a folder" many="folder" onFiles={chosen} />
        {live === 'off' ? (
          <Button small onClick={source.startCamera}>
            Use the camera
          </Button>
        ) : (
          <Button small look="danger" data-stays onClick={source.stopLive}>
            {live === 'starting' ? 'Cancel' : live === 'camera' ? 'Stop the camera' : 'Stop the video'}
          </Button>
        )}
      </div>
      {set ? (
        <div className="flex flex-wrap items-center gap-2 text-sm" data-stays data-picture-set>
          <Button
            small
            aria-label="Picture before"
            disabled={set.index === 0}
            onClick={() => source.show(set.index - 1)}
          >
            ←
          </Button>
          <span role="status" className="tabular-nums">
            {set.index + 1} of {set.names.length}
          </span>
          <Button
            small
            aria-label="Next picture"
            disabled={set.index === set.names.length - 1}
            onClick={() => source.show(set.index + 1)}
          >
            →
          </Button>
        </div>
      ) : null}
      <p className="text-sm text-secondary wrap-anywhere">
        {sample === null
          ? `${source.picture?.title || 'Your picture'}. It stays in this browser.`
          : 'Or drop or paste pictures, a folder or a video here. They stay in this browser.'}
      </p>
      <PictureProblemNote
        problem={problem && { message: problem.message, remedy: problem.remedy }}
        onDismiss={source.dismissProblem}
      />
      {sample === null ? null : <Credit sample={sampleById(sample)} />}
    </DropZone>
  );
}

function Thumbnail({
  name,
  sample,
  checked,
  choose,
}: {
  name: string;
  sample: SamplePicture;
  checked: boolean;
  choose(): void;
}) {
  return (
    <label
      title={sample.title}
      className="relative block aspect-square overflow-hidden rounded-control border border-line has-checked:outline-2 has-checked:outline-accent has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent hover:border-line-strong"
    >
      <input
        type="radio"
        name={name}
        value={sample.id}
        checked={checked}
        onChange={choose}
        // A radio that is chosen already does not change: after a picture of one's own it must.
        onClick={checked ? undefined : choose}
        aria-label={sample.title}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {/* biome-ignore lint/performance/noImgElement: a static export has no image server, and these are small already */}
      <img
        src={`${basePath()}/samples/${sample.file}`}
        alt=""
        loading="lazy"
        decoding="async"
        className="pointer-events-none h-full w-full object-cover"
      />
    </label>
  );
}

function Credit({ sample }: { sample: SamplePicture }) {
  return (
    <details className="text-sm text-secondary">
      <summary className="w-fit">
        {sample.title}: {[...new Set(sample.sources.map(({ author }) => author))].join('; ')}
      </summary>
      <ul className="mt-1 grid gap-1">
        {sample.sources.map(({ title, author, licence, licenceUrl, origin }) => (
          <li key={title + author}>
            <a href={origin} className="underline underline-offset-2" rel="external noopener">
              {title}
            </a>
            , {author},{' '}
            <a href={licenceUrl} className="underline underline-offset-2" rel="license external noopener">
              {licence}
            </a>
            .
          </li>
        ))}
        <li>{sample.changes}</li>
      </ul>
    </details>
  );
}
