'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { LESSONS } from '@/components/lessons/cells';
import { Button } from '@/components/ui/button';
import { readAssignmentLink } from '@/lib/notebook/own/assignment';
import { emptyDocument, type NotebookDocument, newId } from '@/lib/notebook/own/document';
import { saveDraft } from '@/lib/notebook/own/draft';
import { forkOf } from '@/lib/notebook/own/fork';
import { openShelf } from '@/lib/notebook/own/indexeddb-shelf';
import { readNotebook } from '@/lib/notebook/own/json-file';
import { readNotebookLink } from '@/lib/notebook/own/link';
import type { Kept, Shelf } from '@/lib/notebook/own/shelf';
import { type OpenedWork as Opened, readWorkLink } from '@/lib/notebook/own/work';
import { basePath } from '@/lib/runtime/assets';
import { Learner } from './assignment/learner';
import { OpenedWork } from './assignment/opened-work';
import { findNotebookCell } from './cells';
import { Editor } from './editor';
import { Introduction, LabTitle } from './introduction';
import { NotebookList } from './notebook-list';
import { Problem, type ProblemWords, wordsFor } from './problem';
import { useFocusOnArrival } from './use-focus-on-arrival';
import { useLabAddress, type Wish } from './use-lab-address';

let opening: Promise<Shelf> | null = null;
/** One shelf a page: one that lasts no longer than the page must be the same all over it. */
const shelfOfPage = () => {
  opening ??= openShelf();
  return opening;
};

/** The notebook that a wish makes; null where it only opens one. */
async function made(wish: Wish): Promise<NotebookDocument | null> {
  switch (wish.kind) {
    case 'fork': {
      // Asked of the list, not of the host: some answer every address with a page.
      const known = LESSONS.some(({ slug }) => slug === wish.lesson);
      if (!known) throw new Error(`There is no lesson “${wish.lesson.slice(0, 60)}” to copy.`);
      const answer = await fetch(
        `${basePath()}/lab/lessons/${encodeURIComponent(wish.lesson)}/notebook.json`,
      );
      if (!answer.ok) throw new Error('The lesson could not be fetched. Is the network there?');
      const lesson = readNotebook(await answer.text());
      // Ours, not a stranger's.
      const own = {
        ...lesson,
        cells: lesson.cells.map((cell) => (cell.kind === 'code' ? { ...cell, stranger: false } : cell)),
      };
      return forkOf(own, wish.hash);
    }
    case 'cell': {
      const entry = findNotebookCell(wish.cell);
      if (!entry) throw new Error(`The site has no cell “${wish.cell.slice(0, 60)}”.`);
      const settings = wish.hash.includes('=') ? wish.hash : '';
      return {
        ...emptyDocument(newId(), entry.title),
        cells: [{ id: newId(), kind: 'cell', cell: entry.id, settings }],
      };
    }
    case 'shared':
      return readNotebookLink(wish.packed);
    default:
      return null;
  }
}

function Moment() {
  return (
    <p role="status" className="text-secondary">
      One moment …
    </p>
  );
}

function Waiting() {
  return (
    <>
      <LabTitle />
      <Moment />
    </>
  );
}

/** What is open beside the list and the editor. */
type Aside =
  | { kind: 'assignment'; assignment: NotebookDocument; kept: Kept }
  | { kind: 'work'; opened: Opened };

/** An assignment with the work on it that is kept here, or a new copy to work in. */
async function begun(shelf: Shelf, packed: string): Promise<Aside> {
  const assignment = readAssignmentLink(packed);
  await saveDraft(shelf, assignment.id);
  if ((await shelf.load(assignment.id)) === null) await shelf.save(assignment, null);
  const kept = await shelf.load(assignment.id);
  if (!kept) throw new Error('This browser let us keep nothing, not even for now.');
  return { kind: 'assignment', assignment, kept };
}

interface Open {
  id: string;
  kept: Kept | null;
  /** One editor a session, also when its notebook becomes another's copy under way. */
  session: number;
}

/** The lab: a list of notebooks of one's own, or one of them. Which one stands in the address, after `#n=`. */
export function Lab() {
  const { wish, go, become } = useLabAddress();
  const [shelf, setShelf] = useState<Shelf | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const sessions = useRef(0);
  /** Of the notebook that is open. */
  const openId = useRef<string | null>(null);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const [aside, setAside] = useState<Aside | null>(null);

  useEffect(() => {
    let here = true;
    void shelfOfPage().then((found) => here && setShelf(found));
    return () => {
      here = false;
    };
  }, []);

  useEffect(() => {
    if (!wish || !shelf) return;
    let here = true;
    async function follow(on: Shelf, asked: Wish) {
      setAside(null);
      if (asked.kind === 'assignment' || asked.kind === 'work') {
        setProblem(null);
        const next: Aside =
          asked.kind === 'work'
            ? { kind: 'work', opened: readWorkLink(asked.packed) }
            : await begun(on, asked.packed);
        return here ? setAside(next) : undefined;
      }
      if (asked.kind === 'list') {
        openId.current = null;
        return setOpen(null);
      }
      if (asked.kind === 'open' && asked.id === openId.current) return;
      setProblem(null);
      if (asked.kind === 'open') {
        await saveDraft(on, asked.id);
        const kept = await on.load(asked.id);
        if (!here) return;
        openId.current = asked.id;
        return setOpen({ id: asked.id, kept, session: ++sessions.current });
      }
      const document = await made(asked);
      if (!here || !document) return;
      await on.save(document, null);
      become(document.id);
    }
    follow(shelf, wish).catch((error: unknown) => {
      if (!here) return;
      setProblem(wordsFor(error));
      become(null);
    });
    return () => {
      here = false;
    };
  }, [wish, shelf, become]);

  const arrived = aside?.kind ?? (wish?.kind === 'open' && open?.id === wish.id ? wish.id : null);
  useFocusOnArrival(wish?.kind === 'list' && shelf && !aside ? 'list' : arrived);

  const parted = useCallback(
    (id: string) => {
      openId.current = id;
      setOpen((now) => now && { ...now, id });
      become(id);
    },
    [become],
  );

  // The list as far as it is known: what the served page shows, and what most came for.
  if (!wish || (wish.kind === 'list' && !shelf))
    return (
      <>
        <Introduction />
        <Moment />
      </>
    );
  if (!shelf) return <Waiting />;
  if (aside?.kind === 'assignment')
    return (
      <Learner key={aside.assignment.id} shelf={shelf} kept={aside.kept} assignment={aside.assignment} />
    );
  if (aside?.kind === 'work')
    return (
      <OpenedWork
        opened={aside.opened}
        onOpenCopy={(document) => void shelf.save(document, null).then(() => go(document.id))}
        onList={() => {
          setAside(null);
          go(null);
        }}
      />
    );
  if (wish.kind === 'list')
    return (
      <NotebookList
        shelf={shelf}
        onOpen={go}
        onWork={(opened) => setAside({ kind: 'work', opened })}
        problem={problem ? <Problem words={problem} onDismiss={() => setProblem(null)} /> : null}
      />
    );
  if (wish.kind !== 'open' || open?.id !== wish.id) return <Waiting />;
  if (!open.kept)
    return (
      <>
        <h1 className="mt-10 mb-3 text-[2.06rem] font-bold leading-tight tracking-tight">Not here</h1>
        <p className="max-w-[68ch]">
          This browser keeps no notebook of that name. Notebooks stay in the browser in which they were made:
          to take one elsewhere, export it as a file, or copy a link that holds it.
        </p>
        <p className="mt-4">
          <Button onClick={() => go(null)}>All notebooks</Button>
        </p>
      </>
    );
  return (
    <Editor
      key={open.session}
      id={open.id}
      shelf={shelf}
      kept={open.kept}
      onList={() => go(null)}
      onParted={parted}
    />
  );
}
