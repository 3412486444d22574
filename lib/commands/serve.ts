/**
 * `npm run serve`: serves `out/`. `PORT`, `HOST` and `BASE_PATH` say where; `HOST=0.0.0.0` lets the phones in a room in, and prints an
 * address and a QR code for them.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { announcement, outsideAddresses } from './serve/announcement';
import { type Place, readPlace } from './serve/place';
import { BACKLOG, createSiteServer, finishServing } from './serve/site-server';

const FOLDER = resolve(import.meta.dirname, '../../out');
/** What is still being sent when the server is told to stop has so long to arrive; told twice, it goes at once. */
const FINISH_WITHIN_MS = 5000;

function placeOrEnd(): Place {
  try {
    return readPlace(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

const place = placeOrEnd();
if (!existsSync(FOLDER)) {
  console.error('out/ is missing. Run `npm run build` first.');
  process.exit(1);
}
const server = createSiteServer({
  folder: FOLDER,
  basePath: place.basePath,
  isolated: true,
  addresses: () => outsideAddresses(place),
});
server.on('error', (error: NodeJS.ErrnoException) => {
  // One visitor could not be let in: no reason to send the others away.
  if (server.listening) return console.error(error.message);
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${place.port} is taken. Choose another: PORT=${place.port + 1} npm run serve`
      : error.message,
  );
  process.exit(1);
});
server.listen({ port: place.port, host: place.host, backlog: BACKLOG }, () => {
  const bound = server.address();
  console.log(announcement({ ...place, port: typeof bound === 'object' && bound ? bound.port : place.port }));
});

let asked = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (asked) process.exit(1);
    asked = true;
    finishServing(server, FINISH_WITHIN_MS).then(() => process.exit(0));
  });
