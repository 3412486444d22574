/** The face detector inside Chromium, on the backend asked for. */

import { topLeftSquare } from '@/lib/detection';
import { loadFaceWeights, TinyFaceNetwork, TinyYoloFaces } from '@/lib/detection/faces';
import { chosenConvolve } from '@/lib/detection/networks';
import { type BackendName, useBackend as startBackend, tf } from '@/tests/harness/tf';
import { fromRgba } from '../../unit/detection/support/pixels';
import { synthetic } from '../../unit/detection/support/synthetic';

export type Question =
  | { backend: BackendName; kind: 'detect'; photo: string; inputSize: number; confidence: number }
  | { backend: BackendName; kind: 'photo-logits'; photo: string; size: number }
  | { backend: BackendName; kind: 'synthetic'; size: number };

let network: { backend: BackendName; net: TinyFaceNetwork } | undefined;

async function networkOn(backend: BackendName): Promise<TinyFaceNetwork> {
  if (network?.backend === backend) return network.net;
  network?.net.dispose();
  await startBackend(backend);
  const weights = await loadFaceWeights({
    fetch: (url, init) => fetch(url, init),
    assetUrl: (path) => `/model/${path.split('/').at(-1)}`,
  });
  network = { backend, net: new TinyFaceNetwork(weights, await chosenConvolve()) };
  return network.net;
}

export async function run(question: Question) {
  const net = await networkOn(question.backend);
  const before = tf.memory().numTensors;
  const answer = await answerTo(net, question);
  return { answer, leaked: tf.memory().numTensors - before };
}

async function answerTo(net: TinyFaceNetwork, question: Question) {
  switch (question.kind) {
    case 'synthetic':
      return forward(net, synthetic(question.size), question.size);
    case 'photo-logits':
      return forward(net, topLeftSquare(await photo(question.photo), question.size), question.size);
    case 'detect':
      return new TinyYoloFaces(net, question.inputSize).detect(await photo(question.photo), {
        confidence: question.confidence,
      });
  }
}

async function forward(net: TinyFaceNetwork, square: Float32Array, size: number) {
  const output = tf.tidy(() => net.forward(tf.tensor4d(square, [1, size, size, 3])));
  const logits = Array.from(await output.data());
  output.dispose();
  return logits;
}

/** As an <img> is decoded for the reference: with the picture's own colour profile and orientation applied. */
async function photo(url: string) {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return fromRgba(bitmap.width, bitmap.height, data);
}
