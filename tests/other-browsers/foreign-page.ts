/** A page of another site that holds a cell: `localhost` around 127.0.0.1, two sites to a browser. It writes down what the cell tells it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const page = (site: string, cell: string) => `<!doctype html><meta charset="utf-8"><title>A page</title>
<p id="told"></p><epsilon-playground src="${site}${cell}"></epsilon-playground>
<script type="module">
  const told = document.getElementById('told');
  for (const type of ['ready', 'done', 'error'])
    document.querySelector('epsilon-playground').addEventListener(type, ({ detail }) => {
      told.textContent += type + ' ' + (detail.message ?? '') + ' ';
    });
  await import('${site}embed.js');
</script>`;

/** @param site the built site, with a slash at the end @returns the page's address, without its query, and its end */
export async function serveForeignPage(site: string): Promise<{ address: string; close(): void }> {
  const server = createServer((request, response) => {
    const cell = new URL(request.url ?? '/', 'http://host').searchParams.get('cell') ?? '';
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page(site, cell.replace(/[^\w/-]/g, '')));
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => void server.close(),
  };
}
