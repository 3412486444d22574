'use client';

import { useEffect, useRef } from 'react';
import { basePath } from '@/lib/runtime/assets';

/** On paper alone: where this comes from, and when, and how its figures are to be read. */
export function PrintedFrom() {
  const source = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const before = () => {
      const date = new Date().toLocaleDateString('en', { dateStyle: 'long' });
      if (source.current)
        source.current.textContent = `${location.origin}${basePath()}/lab/, printed ${date}`;
    };
    before();
    addEventListener('beforeprint', before);
    return () => removeEventListener('beforeprint', before);
  }, []);
  return (
    <p data-printed-from className="hidden max-w-[68ch] text-sm text-secondary print:block">
      A notebook of Epsilon Playground, <span ref={source} />. Each figure says when its run ended. ε is in
      nats. A run whose noise was seeded can be repeated by anybody who knows the seed: it is reproducible,
      not private.
    </p>
  );
}
