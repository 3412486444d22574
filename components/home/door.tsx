'use client';

import type { ReactNode } from 'react';
import { QuietLink } from '@/components/site/quiet-link';

/** From a half of the playground into its lesson, with what the reader has set here. */
export function Door({
  lesson,
  settings,
  children,
}: {
  lesson: string;
  settings: string;
  children: ReactNode;
}) {
  return (
    <QuietLink
      href={`/lessons/${lesson}/${settings === '' ? '' : `#v=1&${settings}`}`}
      className="inline-flex min-h-9 items-center font-medium text-accent underline underline-offset-4"
      data-door={lesson}
    >
      {children}
    </QuietLink>
  );
}
