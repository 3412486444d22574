/** The page's side of the service worker. */
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
    };
    active?.postMessage(message, [port2]);
  }).finally(() => port1.close());
}
