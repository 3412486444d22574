'use client';

import { Button } from '@/components/ui/button';
import { FolderDrop } from '@/components/vision/folder-drop';
import { PictureProblemNote } from '@/components/vision/problem-note';
import type { LabelledSetSource } from '@/components/vision/use-labelled-set';

/** Which pictures accuracy is measured on. */
export function SetChooser({ source }: { source: LabelledSetSource }) {
  const { set, own, reading, problem, openFolder, useSamples } = source;
  return (
    <FolderDrop
      label="Open a labelled folder"
      onFiles={openFolder}
      beside={
        own ? (
          <Button small onClick={useSamples}>
            Back to the samples
          </Button>
        ) : null
      }
      below={
        <>
          <p className="text-secondary">
            Or drop one here: pictures with a .txt file of the same name each (class, centre, size, as YOLO
            has them), beside them or in “labels” next to “images”. They stay in this browser.
          </p>
          <PictureProblemNote problem={problem} />
        </>
      }
    >
      <p className="text-base font-medium">Pictures to measure on</p>
      <p role="status" className="wrap-anywhere" data-set>
        {reading ? `Reading ${reading.done} of ${reading.total} …` : (set?.title ?? 'Loading …')}
      </p>
      {set?.notes.map((note) => (
        <p key={note} className="text-secondary">
          {note}
        </p>
      ))}
    </FolderDrop>
  );
}
