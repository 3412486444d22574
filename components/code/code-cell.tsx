'use client';

import { useEffect, useMemo, useState } from 'react';
import { useNotebookState } from '@/components/notebook/notebook-provider';
import { useParameters } from '@/components/notebook/use-parameters';
import { defineParameters, text } from '@/lib/notebook';
import { CodeRunner } from './code-runner';

/** A code cell of a lesson: its text travels in the link, deflated. One to a page, since a link has one `code`. */
export function CodeCell({ title, code }: { title: string; code: string }) {
  const original = code.trim();
  const set = useMemo(
    () =>
      defineParameters({
        code: text({
          label: 'Code',
          key: 'code',
          help: 'JavaScript that runs in a sandbox, with the lab at its side.',
          maxLength: 50_000,
          packed: true,
          default: original,
        }),
      }),
    [original],
  );
  const { values, set: change } = useParameters(set);
  const ready = useNotebookState((state) => state.ready);
  const [mine, setMine] = useState(original);
  const [stranger, setStranger] = useState(false);
  // What is not what was typed here came from outside: a link, or Back.
  useEffect(() => {
    if (ready && values.code !== mine && values.code !== original) setStranger(true);
  }, [ready, values.code, mine, original]);
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
    />
  );
}
