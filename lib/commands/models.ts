/**
 * Puts model weights into the served folder (`public/models`), for workshops without internet and for sites of one's own.
 *
 *   npm run models                          every file of lib/detection/weights/sources.json
 *   npm run models -- --from FILE           the same from a file that is here already
 *
 * Sizes and SHA-256 are checked; a download that was cut off goes on where it ended. The weights are AGPL-3.0 and not part
 * of this repository: whoever serves them answers for the licence.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { WEIGHT_SOURCES, type WeightSource } from '@/lib/detection/weights/sources';

const FOLDER = resolve(import.meta.dirname, '../../public/models');

/** @returns whether the file now lies in `folder`, checked */
export async function prepareModel(
  source: WeightSource,
  {
    from,
    folder = FOLDER,
    fetch = globalThis.fetch,
  }: { from?: string; folder?: string; fetch?: typeof globalThis.fetch } = {},
): Promise<boolean> {
  const target = join(folder, source.file);
  await mkdir(folder, { recursive: true });
  const size = `${source.bytes.toLocaleString('en')} bytes, ${source.licence}`;
  if ((await faultOf(target, source)) === null) {
    console.log(`${source.title}: ${target} is already there and sound (${size}).`);
    return true;
  }
  if (from !== undefined) {
    const fault = await faultOf(from, source);
    if (fault !== null) {
      console.error(`${source.title}: ${from} ${fault}. It was not copied.`);
      return false;
    }
    await writeFile(target, await readFile(from));
    console.log(`${source.title}: copied from ${from} to ${target} (${size}).`);
    return true;
  }
  const part = `${target}.part`;
  for (const address of [source.address, source.release]) {
    console.log(`${source.title}: fetching ${address} (${size}) …`);
    const fault = await download(address, part, source, fetch);
    if (fault === null) {
      await rename(part, target);
      console.log(`${source.title}: ${target} is there, and its SHA-256 agrees.`);
      return true;
    }
    console.error(`  ${fault}`);
  }
  console.error(
    `${source.title} could not be fetched. Without it the site works all the same, with its built-in face detector.\n` +
      `On a machine with internet download ${source.release},\nbring the file here, and run: npm run models -- --from ${source.file}`,
  );
  return false;
}

/** Why a file is not the one wanted, or null. */
async function faultOf(path: string, source: WeightSource): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null);
  if (!bytes) return 'is not there';
  if (bytes.length !== source.bytes) return `has ${bytes.length} bytes instead of ${source.bytes}`;
  const hash = createHash('sha256').update(bytes).digest('hex');
  return hash === source.sha256 ? null : `has SHA-256 ${hash} instead of ${source.sha256}`;
}

async function download(
  address: string,
  part: string,
  source: WeightSource,
  fetch: typeof globalThis.fetch,
): Promise<string | null> {
  const have = await stat(part).then(
    ({ size }) => (size < source.bytes ? size : 0),
    () => 0,
  );
  try {
    const response = await fetch(address, have ? { headers: { Range: `bytes=${have}-` } } : {});
    if (!response.ok || !response.body)
      return `The server answered ${response.status} ${response.statusText}.`;
    let at = response.status === 206 ? have : 0;
    if (at === 0) await rm(part, { force: true });
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      at += piece.length;
      if (at > source.bytes) break;
      await appendFile(part, piece);
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return `${error instanceof Error ? error.message : String(error)}${cause}.`;
  }
  const fault = await faultOf(part, source);
  if (fault === null) return null;
  const short = await stat(part).then(
    ({ size }) => size < source.bytes,
    () => false,
  );
  // What is too short may go on next time; what is wrong may not.
  if (!short) await rm(part, { force: true });
  return `What came ${fault}.`;
}

if (import.meta.filename === process.argv[1]) {
  const flag = process.argv.indexOf('--from');
  const from = flag < 0 ? undefined : process.argv[flag + 1];
  if (flag >= 0 && from === undefined) throw new Error('--from needs the path of a file');
  let complete = true;
  const named = WEIGHT_SOURCES.filter(
    ({ file }) => from === undefined || WEIGHT_SOURCES.length === 1 || basename(from) === file,
  );
  for (const source of named)
    complete = (await prepareModel(source, from === undefined ? {} : { from })) && complete;
  if (!complete) process.exitCode = 1;
}
