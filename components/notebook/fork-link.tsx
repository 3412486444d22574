'use client';

import { useRouter } from 'next/navigation';
import { QuietLink } from '@/components/site/quiet-link';
import { useNotebook } from './notebook-provider';

/** Leads to a copy of this lesson in the lab, with the settings of this moment. */
export function ForkLink() {
  const { slug, notebook } = useNotebook();
  const router = useRouter();
  return (
    <li>
      <QuietLink
        href={`/lab/?fork=${slug}`}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          router.push(`/lab/?fork=${slug}${notebook.hash()}`);
        }}
        title="A copy of this lesson in the lab, to change as you like"
        className="flex min-h-9 items-center rounded-control px-2.5 hover:bg-ground"
      >
        Make it yours
      </QuietLink>
    </li>
  );
}
