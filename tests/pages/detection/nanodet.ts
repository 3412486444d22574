/** NanoDet inside Chromium, on the backend asked for. */
import { centredSquare, readCheckpoint } from '@/lib/detection';
import { NanoDet, NanoDetNetwork, readNanoDetWeights } from '@/lib/detection/nanodet';
import { kernels } from '@/lib/detection/networks';
import { type BackendName, useBackend as startBackend, tf } from '@/tests/harness/tf';
import {
  publishedWeights,
  type Questioned,
  rawRun,
  syntheticSquare,
} from '../../unit/detection/nanodet/support/run';
import { fromRgba } from '../../unit/detection/support/pixels';

/** `published`: half floats, as the references; `site`: 8 bits, as served. */
export type Weights = 'published' | 'site';

export type Question = { backend: BackendName; weights: Weights } & (
  | { kind: 'raw'; picture: string | null; asked: Questioned }
  | { kind: 'detect'; picture: string; inputSize: number; confidence: number; everyName: boolean }
);

let current: { backend: BackendName; weights: Weights; network: NanoDetNetwork } | undefined;

async function networkOn(backend: BackendName, weights: Weights): Promise<NanoDetNetwork> {
  if (current?.backend === backend && current.weights === weights) return current.network;
  current?.network.dispose();
  await startBackend(backend);
  const address = weights === 'published' ? '/published/nanodet.bin' : '/site/nanodet-g.safetensors';
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  const read = weights === 'published' ? publishedWeights(bytes) : readNanoDetWeights(readCheckpoint(bytes));
  current = { backend, weights, network: new NanoDetNetwork(read, await kernels()) };
  return current.network;
}

export async function run(question: Question) {
  const network = await networkOn(question.backend, question.weights);
  const before = tf.memory().numTensors;
  const answer = await answerTo(network, question);
  return { answer, leaked: tf.memory().numTensors - before };
}

async function answerTo(network: NanoDetNetwork, question: Question) {
  if (question.kind === 'detect')
    return new NanoDet(network, question.inputSize).detect(await photo(question.picture), {
      confidence: question.confidence,
      everyName: question.everyName,
    });
  const { picture, asked } = question;
  const square = picture ? centredSquare(await photo(picture), asked.size) : syntheticSquare(asked.size);
  return { ...(await rawRun(network, square, asked)), values: [] };
}

/** The pixels as the file has them, as everywhere on the site. */
async function photo(url: string) {
  const blob = await (await fetch(url)).blob();
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none' });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return fromRgba(bitmap.width, bitmap.height, data);
}
