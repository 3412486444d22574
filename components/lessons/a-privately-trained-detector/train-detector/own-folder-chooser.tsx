'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { plural } from '@/components/ui/format';
import { FolderDrop } from '@/components/vision/folder-drop';
import { PictureProblemNote } from '@/components/vision/problem-note';
import { OWN_SCENES_LIMITS, SCENE_PEOPLE } from '@/lib/runs/accounts/scenes';
import { closeOwnFolder, openOwnFolder, useOwnFolder } from './own-folder';
import { PersonGroups } from './person-groups';

/** Whose pictures are learnt from: the lesson's forms, or a labelled folder of the learner's own. */
/** @param children what is set of people with several pictures, where there are some */
export function OwnFolderChooser({ children }: { children: ReactNode }) {
  const { scenes, notes, reading, problem } = useOwnFolder();
  return (
    <FolderDrop
      label={scenes === null ? 'Use a labelled folder of your own' : 'Another folder'}
      onFiles={(files) => void openOwnFolder(files)}
      beside={
        scenes === null ? null : (
          <Button small onClick={closeOwnFolder}>
            Back to the forms
          </Button>
        )
      }
      below={
        <>
          <PictureProblemNote problem={problem} />
          <details className="text-secondary">
            <summary className="w-fit">What such a folder is, and what the ledger keeps of it</summary>
            <ul className="mt-1 grid list-disc gap-1 pl-5">
              <li>
                {OWN_SCENES_LIMITS.least} pictures or more, each with a .txt file of the same name, beside it
                or in “labels” next to “images”: class, centre and size, as YOLO has them. At most{' '}
                {OWN_SCENES_LIMITS.classes} classes.
              </li>
              <li>
                <strong>One picture is one person</strong>, unless you say how file names tell people apart.
                Left at that, ε is a promise about one picture, and somebody on three has a weaker one.
              </li>
              <li>
                Pictures are made grey and 64 × 64. The public backbone knows digits on paper: on photographs
                expect little.
              </li>
              <li>About one in five is kept to judge on; no ε covers those.</li>
              <li>
                Taken to be public: the folder’s name, how many people and pictures it has, and its list of
                classes. Put a data.yaml or classes.txt with at most {OWN_SCENES_LIMITS.classes} names into
                it. Without one the list is what occurs in the labels, and then no ε covers that somebody has
                a class that nobody else has.
              </li>
              <li>
                They stay in this browser. The ledger keeps one hash of all of them, the folder’s name and
                their number; the same pictures and labels under other names are the same account. Change one
                and it is another, though the same people are in both: add up the two totals yourself.
              </li>
            </ul>
          </details>
        </>
      }
    >
      <p className="text-base font-medium">People</p>
      <p
        role="status"
        className="wrap-anywhere"
        data-people={(scenes?.persons ?? scenes?.people)?.length ?? SCENE_PEOPLE}
      >
        {reading
          ? `Reading ${reading.done} of ${reading.total} …`
          : scenes
            ? `“${scenes.name}”: ${scenes.people.length} pictures${scenes.persons ? ` of ${scenes.persons.length} people` : ''} to learn from, ${scenes.test.length} to judge on, ${plural(scenes.classes.length, 'class', 'classes')}.`
            : 'The forms of 2,000 people, made of real digits.'}
      </p>
      {scenes === null ? null : <PersonGroups scenes={scenes}>{children}</PersonGroups>}
      {scenes === null ? null : (
        <p className="text-secondary" data-classes-from={scenes.classesFrom}>
          {scenes.classesFrom === 'list'
            ? 'The classes are those that the folder’s own list names. The list is taken to be public.'
            : 'The folder has no list of classes that fits, so they were read off the labels. That list is taken to be public: no ε covers it.'}
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="text-secondary">
          {note}
        </p>
      ))}
    </FolderDrop>
  );
}
