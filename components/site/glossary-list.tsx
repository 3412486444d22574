'use client';

import { useEffect, useId, useMemo, useState } from 'react';
import { FORMER_KEYS, GLOSSARY, type GlossaryEntry } from '@/lib/notebook/glossary';
import { findTerms } from '@/lib/notebook/glossary-search';

const ALL: readonly (GlossaryEntry & { id: string })[] = Object.entries(GLOSSARY).map(([id, entry]) => ({
  id,
  ...entry,
}));

const formerly = (id: string) => Object.keys(FORMER_KEYS).filter((former) => FORMER_KEYS[former] === id);

/** All words of the field, to be searched. Without scripts it is the whole list. */
export function GlossaryList() {
  const fieldId = useId();
  const [wanted, setWanted] = useState('');
  const found = useMemo(() => findTerms(ALL, wanted), [wanted]);

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
      </div>
      <dl className="mt-4 grid max-w-[68ch] gap-1">
        {found.map(({ id, name, text }) => (
          <div
            key={id}
            id={id}
            className="scroll-mt-20 rounded-control border border-transparent py-2 target:border-accent target:px-3 has-target:border-accent has-target:px-3"
          >
            <dt className="font-semibold">
              {formerly(id).map((former) => (
                <span key={former} id={former} className="scroll-mt-20" />
              ))}
              <a href={`#${id}`} className="hover:underline">
                {name}
              </a>
            </dt>
            <dd className="text-secondary">{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
