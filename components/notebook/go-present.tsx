'use client';

import { useEffect } from 'react';
import { basePath } from '@/lib/runtime/assets';

/**
 * Leads to a page in its presenting form, with the settings of the address.
 * @param path of the page on this site: `/lessons/attacks/`
 */
export function GoPresent({ path, title }: { path: string; title: string }) {
  const address = `${basePath()}${path}?present=1`;
  useEffect(() => {
    location.replace(`${address}${location.hash}`);
  }, [address]);
  return (
    <div className="mt-12">
      <h1 className="text-2xl font-semibold">{title}</h1>
      <p className="mt-3">
        <a href={address} className="text-accent underline">
          Present this page
        </a>
      </p>
    </div>
  );
}
