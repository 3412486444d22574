/**
 * Whether the server holds what it should have let go: `npm run bench -- serving [--clients 300] [--waves 8] [--folder out]
 * [--page lessons/training-with-dp-sgd/]`.
 *
 * In every wave so many phones open a page of the built site at once, over six connections each as a browser does, with the scripts and
 * styles that the page asks for at first. After it the server, a process of its own, collects its garbage and says what it holds. The
 * first waves fill caches and grow the heap to its working size; from then on what is live stays.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { resolve } from 'node:path';
import { firstLoadOf } from '@/tests/harness/first-load';
import type { Held, Said } from './support/measured-server';
import { optionsOf } from './support/options';

const CONNECTIONS = 6;
/** They fill what is filled once. */
const WARM_WAVES = 3;
/** A visitor that was forgotten would hold tens of kB, so three hundred of them in every wave some MB. */
const MOST_GROWTH_BYTES = 1e6;

const mb = (bytes: number) => (bytes / 1e6).toFixed(1).padStart(8);

/**
 * A connection that waited too long may be closed just when it is used again; browsers then ask once more, over a new one.
 * @returns bytes that came
 */
function fetchFile(agent: Agent, port: number, path: string): Promise<number> {
  return new Promise((done, fail) => {
    const headers = { 'Accept-Encoding': 'br, gzip' };
    const asked = get({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      response.on('error', fail);
      response.on('end', () =>
        response.statusCode === 200
          ? done(bytes)
          : fail(new Error(`${path} answered ${response.statusCode}.`)),
      );
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (asked.reusedSocket && error.code === 'ECONNRESET') done(fetchFile(agent, port, path));
      else fail(error);
    });
  });
}

async function visit(port: number, page: string, files: readonly string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    let bytes = await fetchFile(agent, port, `/${page}`);
    for (const got of await Promise.all(files.map((file) => fetchFile(agent, port, `/${file}`))))
      bytes += got;
    return bytes;
  } finally {
    agent.destroy();
  }
}

export default async function bench(args: readonly string[]): Promise<void> {
  const { value } = optionsOf(args);
  const [clients, waves] = [Number(value('clients', '300')), Number(value('waves', '8'))];
  const folder = resolve(value('folder', 'out'));
  const page = value('page', 'lessons/training-with-dp-sgd/');
  const files = firstLoadOf(folder, page).map(({ file }) => file);
  const server = fork(resolve(import.meta.dirname, 'support/measured-server.ts'), [folder], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const heard = async () => ((await once(server, 'message')) as [Said])[0];
  try {
    const started = await heard();
    if (started.type !== 'listening') throw new Error('The server did not start.');
    const held = async (): Promise<Held> => {
      const answer = heard();
      server.send('how much?');
      const said = await answer;
      if (said.type !== 'held') throw new Error('The server did not say what it holds.');
      return said;
    };
    const others = files.filter((file) => !file.endsWith('.html'));
    console.log(
      `${clients} at once, ${waves} times: /${page} and ${others.length} files it loads at first; after garbage collection, MB`,
    );
    console.log('    wave     sent      RSS     live');
    const first = await held();
    console.log(`   start ${' '.repeat(8)} ${mb(first.rss)} ${mb(first.live)}`);
    const lives: number[] = [];
    for (let wave = 1; wave <= waves; wave++) {
      const sent = await Promise.all(
        Array.from({ length: clients }, () => visit(started.port, page, others)),
      );
      const now = await held();
      lives.push(now.live);
      console.log(
        `${String(wave).padStart(8)} ${mb(sent.reduce((a, b) => a + b, 0))} ${mb(now.rss)} ${mb(now.live)}`,
      );
    }
    const settled = lives.slice(WARM_WAVES);
    const growth = settled.length > 1 ? settled.at(-1)! - settled[0]! : Number.NaN;
    console.log(
      `Live memory from wave ${WARM_WAVES + 1} to ${waves}: ${(growth / 1e6).toFixed(2)} MB more (bar: ${MOST_GROWTH_BYTES / 1e6})`,
    );
    if (!(growth <= MOST_GROWTH_BYTES)) process.exitCode = 1;
  } finally {
    server.disconnect();
  }
}
