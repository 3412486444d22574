/**
 * How many examples of a lot are computed at once, where nobody said: on graphics devices the whole lot if memory allows, as
 * each micro-batch there costs a trip to the device and back; elsewhere as many as stay in a processor's caches.
 *
 * The size of a lot is random. All micro-batches of a run have one size, so that nothing is compiled or allocated anew: room for
 * the expected lot and three standard deviations more. The rare lot that is larger takes two; none is cut.
 */

export interface BatchFacts {
  backend: string;
  /** q N */
  expectedBatchSize: number;
  /** Examples that a lot is drawn from. */
  datasetSize: number;
  /** Numbers in one example's input. */
  inputWidth: number;
  /** Of the whole model. */
  parameterShapes: readonly (readonly number[])[];
  /** Altered copies of each example; 1 if absent. */
  copies?: number;
}

const GRAPHICS: readonly string[] = ['webgpu', 'webgl'];
const IN_CACHE = 512;
/** What inputs and activations of a lot may take on the device, out of which phones lend a page some hundreds of megabytes. */
const MOST_BYTES = 128 * 2 ** 20;
/** Sizes divide evenly among vectors and workgroups. */
const STEP = 64;
/** Activation, slope, weighted slope and a pass between them, of each output of a layer. */
const COPIES_OF_OUTPUTS = 4;

/** @returns examples, at least one */
export function physicalBatch({ backend, expectedBatchSize, datasetSize, ...model }: BatchFacts): number {
  const bytes = bytesPerExample(model);
  if (!GRAPHICS.includes(backend) || bytes === null) return IN_CACHE;
  const deviation = Math.sqrt(expectedBatchSize * (1 - expectedBatchSize / datasetSize));
  const room = Math.min(datasetSize, Math.ceil(expectedBatchSize + 3 * deviation));
  const fits = Math.floor(MOST_BYTES / bytes / STEP) * STEP;
  return Math.max(1, Math.min(Math.ceil(room / STEP) * STEP, Math.max(fits, IN_CACHE)));
}

/** Of dense layers. Null where others need far more than can be told from the shapes of their parameters. */
function bytesPerExample({
  inputWidth,
  parameterShapes,
  copies = 1,
}: Pick<BatchFacts, 'inputWidth' | 'parameterShapes' | 'copies'>): number | null {
  if (parameterShapes.some(({ length }) => length > 2)) return null;
  const outputs = parameterShapes.reduce((sum, shape) => sum + (shape.length === 2 ? shape[1]! : 0), 0);
  return 4 * copies * (inputWidth + COPIES_OF_OUTPUTS * outputs);
}
