/**
 * A small static server for the exported site. It sends the headers that isolate a page from others, so that WASM may
 * use threads; the site works without them too, only slower on machines without a GPU.
 */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { resolve } from 'node:path';
import sirv from 'sirv';

const ROOT = resolve(import.meta.dirname, '../..');

export interface ServeOptions {
  port?: number;
  host?: string;
  /** The sub-path the site was built for (`BASE_PATH`), e.g. `/lessons-on-privacy`. */
  basePath?: string;
  /** Send the isolating headers. Default true. */
  isolated?: boolean;
}

/** Serves `out/`; resolves with the server and the address a browser should open. */
export function serveSite(options: ServeOptions = {}): Promise<{ server: Server; address: string }> {
  const {
    port = 3000,
    host = '127.0.0.1',
    basePath = process.env.BASE_PATH ?? '',
    isolated = true,
  } = options;
  const folder = resolve(ROOT, 'out');
  if (!existsSync(folder)) throw new Error('out/ is missing. Run `npm run build` first.');
  const files = sirv(folder, {
    etag: true,
    setHeaders(response, path) {
      // Hashed files never change; pages and prepared data may.
      const immutable = path.startsWith('/_next/static/');
      response.setHeader('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const notFound = sirv(folder, { single: '404.html' });

  const server = createServer((request, response) => {
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      // An embed must be loadable inside pages that are isolated themselves.
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const url = request.url ?? '/';
    if (basePath) {
      if (url !== basePath && !url.startsWith(`${basePath}/`)) {
        response.writeHead(302, { location: `${basePath}/` });
        response.end();
        return;
      }
      request.url = url.slice(basePath.length) || '/';
    }
    files(request, response, () => {
      response.statusCode = 404;
      request.url = '/404.html';
      notFound(request, response, () => void response.end('Not found'));
    });
  });

  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      const bound = server.address();
      const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
      done({ server, address: `http://${host === '0.0.0.0' ? 'localhost' : host}:${actual}${basePath}/` });
    });
  });
}

if (process.argv[1] && resolve(process.argv[1]) === resolve(import.meta.filename)) {
  const port = Number(process.env.PORT ?? 3000);
  serveSite({ port, host: process.env.HOST ?? '127.0.0.1' }).then(
    ({ address }) => console.log(`\n  Epsilon Playground is at ${address}\n  Stop it with Ctrl+C.\n`),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        console.error(`Port ${port} is taken. Choose another: PORT=3001 npm start`);
      } else {
        console.error(error.message);
      }
      process.exit(1);
    },
  );
}
