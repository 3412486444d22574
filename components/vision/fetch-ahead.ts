/**
 * NanoDet's weights are fetched once the first picture is done with, so that a picture that the visitor brings later is
 * looked at without a wait, and without a network. The worker takes them from the browser's own cache.
 */
import { NANODET_WEIGHTS } from '@/lib/detection/nanodet/files';
import { mayPrepare } from '@/lib/notebook/prepare-ahead';
import { assetUrl } from '@/lib/runtime/assets';

let asked = false;

/** Does nothing the second time, nor where a page may load nothing unasked. */
export function fetchAhead(): void {
  if (asked || !mayPrepare(navigator)) return;
  asked = true;
  fetch(assetUrl(NANODET_WEIGHTS.path), { priority: 'low' })
    .then((response) => response.arrayBuffer())
    .catch(() => {
      asked = false;
    });
}
