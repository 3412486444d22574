'use client';

import { useEffect, useId, useMemo, useState } from 'react';
import { FORMER_KEYS, GLOSSARY, type GlossaryEntry } from '@/lib/notebook/glossary';
import { findTerms, letterOf } from '@/lib/notebook/glossary-search';
import { QuietLink } from './quiet-link';
import type { LessonLink } from './term-uses';

const ALL: readonly (GlossaryEntry & { id: string })[] = Object.entries(GLOSSARY).map(([id, entry]) => ({
  id,
  ...entry,
}));

const formerly = (id: string) => Object.keys(FORMER_KEYS).filter((former) => FORMER_KEYS[former] === id);

/** The first word of each letter, by its key. */
function firstOfLetters(entries: typeof ALL): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const entry of entries) if (!first.has(letterOf(entry))) first.set(letterOf(entry), entry.id);
  return first;
}

function Letters({ letters }: { letters: Iterable<string> }) {
  return (
    <nav aria-label="By letter" className="mt-3 flex max-w-[68ch] flex-wrap gap-1">
      {[...letters].map((letter) => (
        <a
          key={letter}
          href={`#letter-${letter}`}
          className="grid h-9 w-9 place-items-center rounded-control border border-line bg-surface hover:border-line-strong"
        >
          {letter}
        </a>
      ))}
    </nav>
  );
}

function UsedIn({ lessons }: { lessons: readonly LessonLink[] }) {
  return (
    <dd className="text-sm text-secondary" data-used-in>
      In{' '}
      {lessons.map(({ slug, title }, index) => (
        <span key={slug}>
          {index > 0 ? ', ' : ''}
          <QuietLink href={`/lessons/${slug}/`} className="underline underline-offset-2 hover:text-text">
            {title}
          </QuietLink>
        </span>
      ))}
    </dd>
  );
}

/**
 * All words of the field, to be searched. Without scripts it is the whole list.
 * @param uses the lessons that use a word, by its key
 */
export function GlossaryList({ uses }: { uses: Readonly<Record<string, readonly LessonLink[]>> }) {
  const fieldId = useId();
  const [wanted, setWanted] = useState('');
  const found = useMemo(() => findTerms(ALL, wanted), [wanted]);
  const letters = useMemo(() => firstOfLetters(findTerms(ALL, '')), []);
  const whole = wanted.trim() === '';

  // A link to one word, pressed while the list is narrowed, must find it.
  useEffect(() => {
    const show = () => setWanted('');
    addEventListener('hashchange', show);
    return () => removeEventListener('hashchange', show);
  }, []);

  return (
    <>
      <div className="no-print mt-6 max-w-[68ch]">
        <label htmlFor={fieldId} className="font-medium">
          Find a word
        </label>
        <input
          id={fieldId}
          type="search"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          placeholder="noise, ε, memorise …"
          autoComplete="off"
          className="mt-1 block min-h-10 w-full rounded-control border border-line-strong bg-surface px-3 placeholder:text-secondary hover:border-text"
        />
        <p aria-live="polite" className="mt-1 text-sm text-secondary" data-found>
          {wanted.trim() === ''
            ? `${ALL.length} words.`
            : found.length === 0
              ? `No word for “${wanted.trim()}”. Try a shorter part of it.`
              : `${found.length} of ${ALL.length} words.`}
        </p>
        {whole ? <Letters letters={letters.keys()} /> : null}
      </div>
      <dl className="mt-4 grid max-w-[68ch] gap-1">
        {found.map(({ id, name, text }) => (
          <div
            key={id}
            id={id}
            className="scroll-mt-20 rounded-control border border-transparent py-2 target:border-accent target:px-3 has-target:border-accent has-target:px-3"
          >
            <dt className="font-semibold">
              {whole && letters.get(letterOf({ name })) === id ? (
                <span id={`letter-${letterOf({ name })}`} className="scroll-mt-20" />
              ) : null}
              {formerly(id).map((former) => (
                <span key={former} id={former} className="scroll-mt-20" />
              ))}
              <a href={`#${id}`} className="hover:underline">
                {name}
              </a>
            </dt>
            <dd className="text-secondary">{text}</dd>
            {uses[id] ? <UsedIn lessons={uses[id]} /> : null}
          </div>
        ))}
      </dl>
    </>
  );
}
