'use client';

import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react';
import { LESSONS } from '@/components/lessons/cells';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useDrop } from '@/components/ui/drop-zone';
import { FileButton } from '@/components/ui/file-button';
import { plural } from '@/components/ui/format';
import { copyOf, emptyDocument, LIMITS, newId } from '@/lib/notebook/own/document';
import { readNotebookFile } from '@/lib/notebook/own/read-file';
import type { Kept, Listed, Shelf } from '@/lib/notebook/own/shelf';
import { basePath } from '@/lib/runtime/assets';
import { CellPicker } from './cell-picker';
import { saveAsIpynb, saveAsJson } from './export-menu';
import { Problem, type ProblemWords, wordsFor } from './problem';

/** Larger than any notebook with outputs that one would want here. */
const LARGEST_FILE = 20_000_000;

function RenameDialog({
  title,
  onClose,
  onRename,
}: {
  title: string;
  onClose(): void;
  onRename(title: string): void;
}) {
  const id = useId();
  const [value, setValue] = useState(title);
  return (
    <Dialog title="Rename the notebook" onClose={onClose}>
      <form
        className="mt-3 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onRename(value.trim() || 'Untitled notebook');
        }}
      >
        <label htmlFor={id} className="font-medium">
          Title
        </label>
        <input
          id={id}
          value={value}
          maxLength={LIMITS.titleCharacters}
          onChange={(event) => setValue(event.target.value)}
          className="min-h-10 w-full rounded-control border border-line-strong bg-surface px-3"
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const when = (iso: string) => new Date(iso).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });

export interface NotebookListProps {
  shelf: Shelf;
  onOpen(id: string): void;
  /** What went wrong on the way here. */
  problem: ReactNode;
}

/** All notebooks of this browser, and the ways to a new one. */
export function NotebookList({ shelf, onOpen, problem }: NotebookListProps) {
  const [list, setList] = useState<readonly Listed[] | null>(null);
  const [wrong, setWrong] = useState<ProblemWords | null>(null);
  const [said, setSaid] = useState('');
  const [renaming, setRenaming] = useState<Listed | null>(null);
  const [deleting, setDeleting] = useState<Listed | null>(null);
  const [deleted, setDeleted] = useState<Kept | null>(null);
  const [picking, setPicking] = useState(false);
  const [lesson, setLesson] = useState(LESSONS[0]!.slug);
  const undo = useRef<HTMLButtonElement>(null);
  const lessonId = useId();

  const look = useCallback(
    () => shelf.list().then(setList, (error: unknown) => setWrong(wordsFor(error))),
    [shelf],
  );
  useEffect(() => {
    document.title = 'Lab · Epsilon Playground';
    void look();
    return shelf.listen(() => void look());
  }, [shelf, look]);

  /** Says what went wrong, in the one place for it. */
  async function attempt(work: () => Promise<void>) {
    setWrong(null);
    try {
      await work();
    } catch (error) {
      setWrong(wordsFor(error));
    }
  }

  const begin = (document = emptyDocument()) =>
    attempt(async () => {
      await shelf.save(document, null);
      onOpen(document.id);
    });

  const read = (chosen: File) =>
    attempt(async () => {
      if (chosen.size > LARGEST_FILE)
        throw new Error(
          `“${chosen.name}” is larger than ${LARGEST_FILE / 1e6} MB. Clear its outputs and save it again.`,
        );
      const { document, notes } = readNotebookFile(chosen.name, await chosen.text());
      // Under a name of its own: one that was exported here may still be in the list.
      const copy = copyOf(document, document.title);
      await shelf.save(copy, null);
      const code = copy.cells.filter(({ kind }) => kind === 'code').length;
      setSaid(
        [
          `Imported “${copy.title}”, ${plural(copy.cells.length, 'cell')}.`,
          code > 0 ? 'Its code has not run, and will not until you press Run.' : '',
          ...notes,
        ].join(' '),
      );
      await look();
    });

  const { over, target } = useDrop(({ files: [file] }) => {
    if (file) void read(file);
  });

  const duplicate = ({ id }: Listed) =>
    attempt(async () => {
      const kept = await shelf.load(id);
      if (!kept) return;
      const copy = copyOf(
        kept.document,
        `${kept.document.title.slice(0, LIMITS.titleCharacters - 7)} (copy)`,
      );
      await shelf.save(copy, null);
      setSaid(`Duplicated as “${copy.title}”.`);
      await look();
    });

  const rename = ({ id }: Listed, title: string) =>
    attempt(async () => {
      setRenaming(null);
      const kept = await shelf.load(id);
      if (!kept) return;
      const outcome = await shelf.save({ ...kept.document, title }, kept.revision);
      setSaid(outcome.ok ? `Renamed to “${title}”.` : 'Another tab has just changed it. Try again.');
      await look();
    });

  const remove = ({ id }: Listed) =>
    attempt(async () => {
      setDeleting(null);
      const kept = await shelf.remove(id);
      setDeleted(kept);
      await look();
      undo.current?.focus();
    });

  const putBack = () =>
    attempt(async () => {
      if (!deleted) return;
      await shelf.save(deleted.document, null);
      setSaid(`“${deleted.document.title}” is back.`);
      setDeleted(null);
      await look();
    });

  const take = ({ id }: Listed, write: typeof saveAsJson) =>
    attempt(async () => {
      const kept = await shelf.load(id);
      if (kept) write(kept.document);
    });

  return (
    <section
      aria-label="Notebooks"
      {...target}
      className={over ? 'rounded-cell outline-2 outline-dashed outline-accent outline-offset-8' : ''}
    >
      <h1 className="mt-10 mb-3 text-[2.06rem] font-bold leading-tight tracking-tight">Lab</h1>
      <p className="mb-6 max-w-[68ch] text-secondary">
        Notebooks of your own. Put any experiment of the site beside any other, each with all its settings;
        write text and code around them; and compare their runs in a table. Everything is kept in this
        browser, and nowhere else.
      </p>
      {shelf.fleeting !== null ? (
        <p role="status" className="mb-4 max-w-[68ch] text-danger">
          This browser stores nothing here ({shelf.fleeting}): notebooks last until you leave this page.
          Export those that you want to keep.
        </p>
      ) : null}
      <div className="flex flex-wrap items-end gap-x-3 gap-y-4">
        <Button look="primary" onClick={() => begin()}>
          New notebook
        </Button>
        <Button onClick={() => setPicking(true)}>Start with an experiment</Button>
        <FileButton
          label="Import a file"
          name="Notebook to import: .json or .ipynb"
          accept=".json,.ipynb,application/json"
          small={false}
          onFiles={([file]) => void read(file)}
        />
      </div>
      <form
        className="mt-4 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          location.assign(`${basePath()}/lab/?fork=${lesson}`);
        }}
      >
        <div className="grid min-w-0 gap-1">
          <label htmlFor={lessonId} className="text-sm font-medium">
            Or make a lesson yours
          </label>
          <select
            id={lessonId}
            value={lesson}
            onChange={(event) => setLesson(event.target.value)}
            className="min-h-10 w-full max-w-80 rounded-control border border-line-strong bg-surface px-2"
          >
            {LESSONS.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <Button type="submit">Copy it</Button>
      </form>
      {problem}
      {wrong ? <Problem words={wrong} onDismiss={() => setWrong(null)} /> : null}
      <p role="status" data-said className="mt-4 min-h-6 text-secondary">
        {said}
      </p>
      {deleted ? (
        <p
          role="status"
          className="my-3 flex max-w-[44rem] flex-wrap items-center gap-3 rounded-control border border-line bg-note-soft px-4 py-2"
        >
          <span className="mr-auto">“{deleted.document.title}” is deleted.</span>
          <Button small ref={undo} onClick={putBack}>
            Undo
          </Button>
        </p>
      ) : null}
      <h2 className="mt-6 mb-3 text-[1.44rem] font-semibold tracking-tight">Your notebooks</h2>
      {list === null ? <p className="text-secondary">Looking …</p> : null}
      {list?.length === 0 ? (
        <p className="rounded-cell border border-dashed border-line-strong px-5 py-8 text-center text-secondary">
          None yet. Begin an empty one, copy a lesson, or drop a .json or .ipynb file here.
        </p>
      ) : null}
      <ul className="grid gap-3">
        {(list ?? []).map((one) => {
          const title = one.title || 'Untitled notebook';
          return (
            <li
              key={one.id}
              data-notebook={one.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-cell border border-line bg-surface px-4 py-3 hover:border-line-strong"
            >
              <div className="mr-auto min-w-0">
                <a
                  href={`#n=${one.id}`}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    onOpen(one.id);
                  }}
                  className="font-semibold break-words underline decoration-line-strong underline-offset-4 hover:decoration-accent"
                >
                  {title}
                </a>
                <p className="text-sm text-secondary">
                  {plural(one.cells, 'cell')} · changed {when(one.savedAt)}
                  {one.from
                    ? ` · from “${LESSONS.find(({ slug }) => slug === one.from)?.title ?? one.from}”`
                    : ''}
                </p>
              </div>
              <div className="-ml-2.5 flex flex-wrap gap-0.5">
                {(
                  [
                    ['Rename', () => setRenaming(one)],
                    ['Duplicate', () => void duplicate(one)],
                    ['JSON', () => void take(one, saveAsJson)],
                    ['.ipynb', () => void take(one, saveAsIpynb)],
                    ['Delete', () => setDeleting(one)],
                  ] as const
                ).map(([label, onClick]) => (
                  <Button key={label} small look="quiet" onClick={onClick} aria-label={`${label}: ${title}`}>
                    {label}
                  </Button>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
      {renaming ? (
        <RenameDialog
          title={renaming.title}
          onClose={() => setRenaming(null)}
          onRename={(title) => void rename(renaming, title)}
        />
      ) : null}
      {deleting ? (
        <Dialog
          title={`Delete “${deleting.title || 'Untitled notebook'}”?`}
          onClose={() => setDeleting(null)}
        >
          <p className="mt-2">
            It is kept in this browser only. You can bring it back as long as this page is open; what its runs
            have charged to the privacy ledger stays charged.
          </p>
          <div className="mt-4 flex justify-end gap-2">
            <Button onClick={() => setDeleting(null)}>Cancel</Button>
            <Button look="danger" onClick={() => void remove(deleting)}>
              Delete
            </Button>
          </div>
        </Dialog>
      ) : null}
      {picking ? (
        <CellPicker
          onClose={() => setPicking(false)}
          onPick={(cell) => {
            setPicking(false);
            void begin({ ...emptyDocument(), cells: [{ id: newId(), kind: 'cell', cell, settings: '' }] });
          }}
        />
      ) : null}
    </section>
  );
}
