'use client';

import { useEffect } from 'react';
import { basePath } from '@/lib/runtime/assets';

/** Leads to a lesson in its presenting form, with the settings of the address. */
export function GoPresent({ lesson, title }: { lesson: string; title: string }) {
  const address = `${basePath()}/lessons/${lesson}/?present=1`;
  useEffect(() => {
    location.replace(`${address}${location.hash}`);
  }, [address]);
  return (
    <div className="mt-12">
      <h1 className="text-2xl font-semibold">{title}</h1>
      <p className="mt-3">
        <a href={address} className="text-accent underline">
          Present this lesson
        </a>
      </p>
    </div>
  );
}
