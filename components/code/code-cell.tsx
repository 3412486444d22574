'use client';

import { useEffect, useMemo, useState } from 'react';
import { useNotebook, useNotebookState } from '@/components/notebook/notebook-provider';
import { useParameters } from '@/components/notebook/use-parameters';
import { CopyButton } from '@/components/ui/copy-button';
import { longLinkWarning } from '@/lib/notebook';
import { CodeRunner } from './code-runner';
import { codeParameters } from './parameters';

/** A code cell of a lesson: its text travels in the link, deflated. One to a page, since a link has one `code`. */
export function CodeCell({ title, code }: { title: string; code: string }) {
  const original = code.trim();
  const set = useMemo(() => codeParameters(original), [original]);
  const { values, set: change } = useParameters(set);
  const ready = useNotebookState((state) => state.ready);
  const [mine, setMine] = useState(original);
  const [stranger, setStranger] = useState(false);
  // What is not what was typed here came from outside: a link, or Back.
  useEffect(() => {
    if (ready && values.code !== mine && values.code !== original) setStranger(true);
  }, [ready, values.code, mine, original]);
  const { notebook } = useNotebook();
  const link = () => `${location.origin}${location.pathname}${location.search}${notebook.hash()}`;
  const warning = ready && values.code !== original ? longLinkWarning(link()) : null;
  return (
    <CodeRunner
      id="code"
      title={title}
      code={values.code}
      onCode={(next) => {
        setMine(next);
        change('code', next);
      }}
      original={original}
      stranger={stranger}
      actions={
        <>
          <CopyButton text={link}>Copy a link to this code</CopyButton>
          {warning ? (
            <p role="note" className="text-sm text-secondary">
              The link to this page now holds your code. {warning}
            </p>
          ) : null}
        </>
      }
    />
  );
}
