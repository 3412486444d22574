'use client';

import { type ReactNode, useId } from 'react';
import { plural } from '@/components/ui/format';
import type { OwnScenes } from '../own-scenes';
import { groupOwnFolder, useOwnFolder } from './own-folder';

/** Of the groups, those with the most pictures. */
const SHOWN = 8;

/** Whose the pictures are: told apart by how file names begin, as the learner says. */
export function PersonGroups({ scenes, children }: { scenes: OwnScenes; children: ReactNode }) {
  const separator = useOwnFolder((state) => state.separator);
  const id = useId();
  const { groups } = scenes;
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        The person’s name in a file name ends at
      </label>
      <input
        id={id}
        type="text"
        value={separator}
        maxLength={4}
        placeholder="_"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-help`}
        onChange={(event) => void groupOwnFolder(event.target.value)}
        className="w-20 rounded-control border border-line-strong bg-surface px-2 py-1"
      />
      <p id={`${id}-help`} className="text-secondary">
        With “_”, anna_1.jpg and anna_2.jpg are both of “anna”. Left empty, one picture is one person.
      </p>
      {groups === null ? null : (
        <div role="status" data-groups={groups.length}>
          <p>
            <strong>{plural(groups.length, 'person', 'people')}</strong>, up to{' '}
            {plural(groups[0]!.pictures, 'picture')} each:{' '}
            {groups
              .slice(0, SHOWN)
              .map(({ prefix, pictures }) => `${prefix} (${pictures})`)
              .join(', ')}
            {groups.length > SHOWN ? ` and ${groups.length - SHOWN} more.` : '.'}
          </p>
          <p className="text-secondary">
            One unit of privacy is now a <strong>person with all their pictures</strong>. Each person joins a
            step with the same probability. Then one of their pictures, drawn by chance, stands for them; or
            the gradients of all of them are averaged and clipped <strong>together</strong>, as one. Either
            way a person changes the sum by at most the clip, so ε does not grow with how many pictures
            somebody has. Clipped picture by picture and charged as a group it would: see “What a pipeline
            does to ε”, video frames.
          </p>
          <div className="mt-2">{children}</div>
        </div>
      )}
    </div>
  );
}
