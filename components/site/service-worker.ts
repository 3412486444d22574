/** The page's side of the service worker. */
import { megabytes } from '@/components/ui/format';
import type { FromServiceWorker, ToServiceWorker } from '@/lib/offline/protocol';
import { basePath } from '@/lib/runtime/assets';

/** Not in other people's pages, whose readers did not come to us, and not while developing. */
const wanted = () =>
  process.env.NODE_ENV === 'production' && 'serviceWorker' in navigator && window.top === window;

/**
 * @param onWaiting called with a newer version that waits for the reader's word
 * @returns whether a worker serves this page now; false where there is none or it is refused
 */
export async function registerServiceWorker(onWaiting: (worker: ServiceWorker) => void): Promise<boolean> {
  if (!wanted()) return false;
  try {
    const registration = await navigator.serviceWorker.register(`${basePath()}/sw.js`, {
      scope: `${basePath()}/`,
      updateViaCache: 'none',
    });
    const tell = (worker: ServiceWorker | null) => {
      // The first one of all replaces nothing.
      if (worker && navigator.serviceWorker.controller) onWaiting(worker);
    };
    tell(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const next = registration.installing;
      next?.addEventListener('statechange', () => {
        if (next.state === 'installed') tell(next);
      });
    });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    // Private windows and some servers refuse: the site works all the same, online.
    return false;
  }
}

/** The browser refuses to keep more. */
export class StorageFull extends Error {
  override name = 'StorageFull';
}

async function roomInWords(): Promise<string> {
  const { quota, usage } = await navigator.storage
    .estimate()
    .catch(() => ({ quota: undefined, usage: undefined }));
  const room =
    quota === undefined || usage === undefined ? '' : ` (${megabytes(Math.max(0, quota - usage))} are left)`;
  return `this browser has no room for it${room}. Free some on the disk, or remove something here.`;
}

/**
 * Puts a version that waits in its place and loads the page anew with it.
 * @param worker that waits
 * @param isRunning whether a run would be lost: then nothing is done, before or after
 */
export function takeOver(worker: ServiceWorker, isRunning: () => boolean): void {
  if (isRunning()) return;
  const load = () => {
    if (!isRunning()) location.reload();
  };
  // Another window may have said so already.
  if (worker.state === 'activating' || worker.state === 'activated') load();
  else {
    navigator.serviceWorker.addEventListener('controllerchange', load, { once: true });
    worker.postMessage({ type: 'take-over' } satisfies ToServiceWorker);
  }
}

/**
 * Asks the worker for something, and waits for its answer.
 * @returns false where it was asked for a part, and that was not the last
 * @throws with the reason when it cannot be done
 */
export async function ask(
  message: ToServiceWorker,
  onProgress?: (done: number, total: number) => void,
): Promise<boolean> {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise<boolean>((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<FromServiceWorker>) => {
      if (data.type === 'progress') onProgress?.(data.done, data.total);
      if (data.type === 'kept' || data.type === 'kept-some') resolve(data.type === 'kept');
      if (data.type === 'failed') reject(new Error(data.message));
      if (data.type === 'full') roomInWords().then((words) => reject(new StorageFull(words)));
    };
    active?.postMessage(message, [port2]);
  }).finally(() => port1.close());
}
