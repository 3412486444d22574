/** The experiment of the noise slider inside Chromium, on WASM: what it finds on a sample at each scale asked for. */
import { type DetectParams, detect } from '@/components/lessons/noise-on-pixels/experiments/detect';
import { readSample } from '@/components/vision/picture';
import { sampleById } from '@/components/vision/samples';
import { plainContext } from '@/tests/harness/experiment';
import { useBackend as startBackend } from '@/tests/harness/tf';

export interface Question {
  sample: string;
  scales: readonly number[];
  params: Omit<DetectParams, 'picture' | 'noise'>;
}

export async function run({ sample, scales, params }: Question) {
  await startBackend('wasm');
  const { signal } = new AbortController();
  const shown = sampleById(sample);
  const { key, rgba } = await readSample(shown, `/samples/${shown.file}`, signal);
  const context = plainContext<never>({
    input: <T>() => rgba as T,
    assetUrl: (path) => `/public/${path}`,
  });
  const frames = [];
  let detector = '';
  for (const noise of scales) {
    const found = await detect.run({ ...params, picture: key, noise }, context);
    detector = found.detector;
    frames.push({ noise, boxes: found.detections.map(({ box, score }) => [...box, score]) });
  }
  return { width: rgba.width, height: rgba.height, detector, frames };
}
