'use client';

import { useState } from 'react';
import { Button } from './button';

/** Copies a text; where that is not allowed, says so, and the text can be copied by hand. */
export function CopyButton({
  text,
  children = 'Copy',
}: {
  /** What to copy, or how to tell at the moment of the click. */
  text: string | (() => string);
  children?: string;
}) {
  const [said, setSaid] = useState('');
  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setSaid('Copied.');
    } catch {
      setSaid('Copying was not allowed here: select the text and copy it by hand.');
    }
    setTimeout(() => setSaid(''), 4000);
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button small onClick={copy}>
        {children}
      </Button>
      <span role="status" className="text-sm text-secondary">
        {said}
      </span>
    </span>
  );
}
