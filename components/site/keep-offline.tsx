'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { megabytes } from '@/components/ui/format';
import { DATA_CACHE, type OfflineList, siteCache } from '@/lib/offline/protocol';
import { basePath } from '@/lib/runtime/assets';
import { ask, StorageFull } from './service-worker';

async function allKept(name: string, files: readonly string[]): Promise<boolean> {
  const cache = await caches.open(name);
  const root = new URL(`${basePath()}/`, location.href);
  for (const file of files) if (!(await cache.match(new URL(file, root).href))) return false;
  return true;
}

interface Part {
  id: string;
  title: string;
  bytes: number;
  kept: boolean;
  removable: boolean;
}

/** @throws where this browser keeps nothing */
async function readParts(): Promise<Part[]> {
  if (!('serviceWorker' in navigator)) throw new Error('There is no service worker here.');
  const list: OfflineList = await (await fetch(`${basePath()}/offline.json`)).json();
  return [
    {
      id: 'site',
      title: 'The site: every lesson, its code, both detectors and the sample pictures',
      bytes: list.siteBytes,
      kept: await allKept(siteCache(list.version), list.site),
      removable: false,
    },
    ...(await Promise.all(
      list.data.map(async ({ id, title, bytes, files }) => ({
        ...{ id, title, bytes, removable: true },
        kept: await allKept(DATA_CACHE, files),
      })),
    )),
  ];
}

/** About as high as its two parts are: on a phone their titles take several lines. */
const PLACE_OF_LIST = 'grid min-h-[15.6rem] sm:min-h-[10.5rem]';

/** What this browser has for days without a network, and what it may fetch for them. */
export function KeepOffline() {
  const [parts, setParts] = useState<Part[] | null>(null);
  const [said, setSaid] = useState('');
  const [zip, setZip] = useState(false);

  useEffect(() => {
    readParts().then(setParts, () =>
      setSaid('This browser keeps nothing here (a private window, or plain http).'),
    );
    fetch(`${basePath()}/epsilon-playground.zip`, { method: 'HEAD' })
      // Some hosts answer every missing address with a page.
      .then(({ ok, headers }) => setZip(ok && !headers.get('content-type')?.includes('html')))
      .catch(() => setZip(false));
  }, []);

  const look = async () => setParts(await readParts());

  async function keep({ id, title }: Part) {
    setSaid(`Fetching ${title}…`);
    try {
      await ask(id === 'site' ? { type: 'keep-site' } : { type: 'keep-data', id }, (done, total) =>
        setSaid(`Fetching ${title}: ${done} of ${total} files.`),
      );
      setSaid('Kept. It works without a network now.');
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      setSaid(`Not all of it could be kept: ${reason}${error instanceof StorageFull ? '' : ' Try again.'}`);
    }
    await look();
  }

  async function drop({ id }: Part) {
    await ask({ type: 'drop-data', id });
    setSaid('Removed.');
    await look();
  }

  return (
    <div className="grid gap-4">
      {/* Its place from the start: what stands below does not jump when the list has come. */}
      <ul className={parts === null && said === '' ? PLACE_OF_LIST : 'grid content-start gap-2'}>
        {(parts ?? []).map((part) => (
          <li
            key={part.id}
            className="flex flex-wrap items-center gap-3 rounded-cell border border-line bg-surface px-4 py-3"
          >
            <span className="mr-auto">
              {part.title} · {megabytes(part.bytes)}
            </span>
            <span className="text-sm text-secondary">{part.kept ? 'kept' : 'not kept'}</span>
            {part.kept ? null : (
              <Button small onClick={() => keep(part)} aria-label={`Keep: ${part.title}`}>
                Keep
              </Button>
            )}
            {part.kept && part.removable ? (
              <Button small look="quiet" onClick={() => drop(part)} aria-label={`Remove: ${part.title}`}>
                Remove
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <p role="status" className="text-secondary">
        {said}
      </p>
      {zip ? (
        <p>
          <a href={`${basePath()}/epsilon-playground.zip`} download className="text-accent underline">
            Download the whole site as a zip
          </a>
          , for a stick or a server of your own.
        </p>
      ) : null}
    </div>
  );
}
