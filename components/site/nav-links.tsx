'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { QuietLink } from './quiet-link';

/** Pixels over which they fade, as in the class below. */
const FADE = 32;

export interface Place {
  href: string;
  label: string;
}

/**
 * The places of the site; the one that the page belongs to is marked. Where they do not all fit, they fade out at the edge and can be
 * pushed aside; the marked one is brought into sight.
 */
export function NavLinks({ places }: { places: readonly Place[] }) {
  const path = usePathname();
  const row = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every page another place is marked
  useEffect(() => {
    const marked = row.current?.querySelector<HTMLElement>('[aria-current]');
    if (!row.current || !marked) return;
    const { right } = row.current.getBoundingClientRect();
    row.current.scrollLeft += Math.max(0, marked.getBoundingClientRect().right + FADE - right);
  }, [path]);
  return (
    <nav
      ref={row}
      aria-label="Site"
      className="flex min-w-0 flex-1 gap-0.5 overflow-x-auto text-sm max-lg:mask-r-from-[calc(100%-2rem)] max-lg:pr-8 sm:gap-1 lg:text-base"
    >
      {places.map(({ href, label }) => (
        <QuietLink
          key={href}
          href={href}
          aria-current={path === href ? 'page' : path.startsWith(href) ? 'true' : undefined}
          className="rounded-control px-2 py-1.5 text-secondary hover:bg-surface hover:text-text aria-[current]:font-medium aria-[current]:text-text sm:px-3"
        >
          {label}
        </QuietLink>
      ))}
    </nav>
  );
}
