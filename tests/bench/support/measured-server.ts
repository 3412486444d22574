/** The site's own server in a process of its own, which says how much memory it holds when it is asked. Needs `--expose-gc`. */
import type { AddressInfo } from 'node:net';
import { BACKLOG, createSiteServer } from '@/lib/commands/serve/site-server';

/** Bytes. */
export interface Held {
  /** Of the whole process, as the machine sees it. */
  rss: number;
  /** Of objects, and of buffers beside them, that garbage collection could not free. */
  live: number;
}
export type Said = { type: 'listening'; port: number } | ({ type: 'held' } & Held);

const say = (message: Said) => process.send?.(message);
const server = createSiteServer({ folder: process.argv[2] ?? 'out', basePath: '', isolated: true });

process.on('message', async () => {
  // What a first collection frees may hold more that only a second can see.
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  say({ type: 'held', rss, live: heapUsed + external });
});
process.on('disconnect', () => process.exit());
server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () =>
  say({ type: 'listening', port: (server.address() as AddressInfo).port }),
);
