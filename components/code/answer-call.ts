/** What code cells may ask of the site: experiments, a detector and the privacy library, in a worker of the site's own. */

import { OPEN_EXPERIMENTS } from '@/components/lessons/open';
import { EMBEDDED_DETECTORS, isEmbedded } from '@/components/vision/detector-parameters';
import { readSample } from '@/components/vision/picture';
import { SAMPLES } from '@/components/vision/samples';
import { spawnWorker } from '@/components/worker/spawn';
import { assetUrl, basePath, CellRunner, type ExperimentRequest, isBusy } from '@/lib/runtime';
import { kernelKnowledge, rememberTrial } from '@/lib/runtime/kernel-memory';
import { backendPreference } from '@/lib/runtime/preference';
import type { SandboxMessage } from '@/lib/sandbox/messages';

export type Call = Extract<SandboxMessage, { type: 'call' }>;

interface Picture {
  key: string;
  rgba: unknown;
}
/** Gives a sample picture by its id. */
export type ReadPicture = (id: string, signal: AbortSignal) => Promise<Picture>;

interface Answerable {
  request: ExperimentRequest;
  /** What code gets to see of the result. */
  shown(result: unknown): unknown;
}

const refused = (code: string, message: string) => Object.assign(new Error(message), { code });
const inFull = (result: unknown) => result;

const DETECT_DEFAULTS = {
  classes: null,
  ...{ noiseKind: 'gaussian', noise: 0, seed: 1, confidence: 0.4 },
};

/** Faces where the sample has some, else things, unless code says which. Each at the size that suits it. */
function detectorFor(sample: string, asked: unknown) {
  const detector = asked ?? ((SAMPLES.find(({ id }) => id === sample)?.faces ?? 0) > 0 ? 'faces' : 'nanodet');
  if (typeof detector !== 'string' || !isEmbedded(detector))
    throw refused(
      'detector-unknown',
      `There is no detector “${detector}” for code. There are: ${EMBEDDED_DETECTORS.map(({ id }) => id).join(', ')}.`,
    );
  return { detector, inputSize: detector === 'faces' ? 640 : 416 };
}

/** The experiment that answers a call. @throws with a code and a reason in words for what there is not */
export async function answerable(
  { name, options }: Call,
  read: ReadPicture,
  signal: AbortSignal,
): Promise<Answerable> {
  if (name === 'privacy' || name === 'noise' || name === 'mechanism')
    return { request: { id: 'privacy-call', params: { kind: name, ...options } }, shown: inFull };
  if (name === 'detect') {
    const { picture: id = 'six-people', detector: asked, ...rest } = options;
    const which = detectorFor(String(id), asked);
    const { key, rgba } = await read(String(id), signal);
    return {
      request: {
        id: 'detect',
        params: { ...DETECT_DEFAULTS, ...which, ...rest, picture: key },
        inputs: [{ key, value: rgba }],
      },
      // The picture itself stays: a megabyte that code can do nothing with.
      shown: (result) => ({ ...(result as object), picture: String(id) }),
    };
  }
  const id = String(options.experiment);
  const open = Object.hasOwn(OPEN_EXPERIMENTS, id) ? OPEN_EXPERIMENTS[id] : undefined;
  if (!open)
    throw refused(
      'experiment-unknown',
      `There is no experiment “${id}” for code. There are: ${Object.keys(OPEN_EXPERIMENTS).join(', ')}.`,
    );
  const own = options.params;
  return {
    request: { id, params: { ...open.defaults, ...(typeof own === 'object' ? own : {}) } },
    shown: inFull,
  };
}

async function samplePicture(id: string, signal: AbortSignal): Promise<Picture> {
  const sample = SAMPLES.find((one) => one.id === id);
  if (!sample)
    throw refused(
      'picture-unknown',
      `There is no picture “${id}”. There are: ${SAMPLES.map((one) => one.id).join(', ')}.`,
    );
  return readSample(sample, assetUrl(`samples/${sample.file}`), signal);
}

/** Answers the calls of one code cell, one after another, in one worker. */
export class CallDesk {
  #runner: CellRunner | null = null;
  #last: Promise<unknown> = Promise.resolve();

  answer(call: Call, update: (value: unknown) => void, signal: AbortSignal): Promise<unknown> {
    const mine = this.#last
      .catch(() => undefined)
      .then(async () => {
        signal.throwIfAborted();
        const { request, shown } = await answerable(call, samplePicture, signal);
        return shown(await this.#run(request, update, signal));
      });
    this.#last = mine;
    return mine;
  }

  close(): void {
    this.#runner?.release();
    this.#runner = null;
  }

  #run(request: ExperimentRequest, update: (value: unknown) => void, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    this.#runner ??= new CellRunner({
      createWorker: () => spawnWorker('code'),
      basePath: basePath(),
      preference: backendPreference,
      kernels: kernelKnowledge,
      onTrial: rememberTrial,
    });
    const runner = this.#runner;
    return new Promise((resolve, reject) => {
      let seen = 0;
      const stop = () => runner.stop();
      const unsubscribe = runner.subscribe(() => {
        const shown = runner.snapshot();
        for (; seen < shown.updates.length; seen++) update(shown.updates[seen]);
        if (isBusy(shown)) return;
        unsubscribe();
        signal.removeEventListener('abort', stop);
        if (shown.state === 'done') resolve(shown.result);
        else if (shown.failure) reject(refused(shown.failure.code, shown.failure.message));
        else reject(refused('stopped', 'The experiment was stopped.'));
      });
      signal.addEventListener('abort', stop, { once: true });
      runner.run(request);
    });
  }
}
