/** Reference steps inside Chromium, on the backend asked for. */
import type { ConvPath } from '@/lib/training';
import { type BackendName, useBackend as startBackend, tf } from '@/tests/harness/tf';
import { LAYER_CASES, layerResults } from '../../unit/training/support/layer-checks';
import { type ReferenceCase, runReferenceCase } from '../../unit/training/support/reference-case';

export type Question = { backend: BackendName } & (
  | { kind: 'case'; reference: ReferenceCase; path?: ConvPath }
  | { kind: 'layer'; index: number }
);

export async function run(question: Question) {
  await startBackend(question.backend);
  const before = tf.memory().numTensors;
  const answer =
    question.kind === 'case'
      ? await runReferenceCase(question.reference, question.path)
      : await layerResults(LAYER_CASES[question.index]!);
  return { answer, leaked: tf.memory().numTensors - before };
}
