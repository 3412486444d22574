'use client';

import { Button } from '@/components/ui/button';
import { FolderDrop } from '@/components/vision/folder-drop';
import type { LabelledSet } from '@/components/vision/labelled-folder';
import { PictureProblemNote } from '@/components/vision/problem-note';
import type { LabelledSetSource } from '@/components/vision/use-labelled-set';
import { agreeOnClasses } from '@/lib/detection/metrics/class-agreement';

/** Class names said before the rest is only counted. */
const NAMED = 5;

/** What is taken for what: numbers of a folder that names nothing, names that the detector does not know. */
function aboutClasses({ classNames, pictures }: LabelledSet, classes: readonly string[]): string[] {
  if (pictures.every(({ labels }) => labels === null)) return [];
  if (!classNames)
    return [
      `No names of classes were found (data.yaml, classes.txt): the numbers of the labels are taken for the detector’s, in which 0 is “${classes[0]}”.`,
    ];
  const { unknown } = agreeOnClasses(classNames, classes);
  if (unknown.length === 0) return [];
  const more = unknown.length > NAMED ? ` and ${unknown.length - NAMED} more` : '';
  return [`Not known to this detector, so not counted: ${unknown.slice(0, NAMED).join(', ')}${more}.`];
}

/** Which pictures accuracy is measured on. */
export function SetChooser({ source, classes }: { source: LabelledSetSource; classes: readonly string[] }) {
  const { set, own, reading, problem, openFolder, useSamples } = source;
  const notes = [...(set?.notes ?? []), ...(own && set ? aboutClasses(set, classes) : [])];
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
      {notes.map((note) => (
        <p key={note} className="text-secondary wrap-anywhere">
          {note}
        </p>
      ))}
    </FolderDrop>
  );
}
