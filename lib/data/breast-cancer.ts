/**
 * Breast Cancer Wisconsin (Diagnostic): 569 tumours, 30 measurements of cell nuclei each, benign or malignant.
 * Wolberg, Mangasarian, Street, Street 1993, https://doi.org/10.24432/C5DW2B, CC BY 4.0.
 */
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { BREAST_CANCER_BOUNDS, BREAST_CANCER_FEATURES, BREAST_CANCER_WIDTH } from './breast-cancer-bounds';
import { DataError, fetchFile, type LoadOptions, PREPARE_AGAIN } from './files';

export const BREAST_CANCER_PATH = 'tumours/breast_cancer_wisconsin.csv';
/** Of the file: the identity of the data set. */
export const BREAST_CANCER_SHA256 = '9b9e3a2fe53a2264f7e756aff00ab883450186c47bfb2027b4d90ca51d23347d';

const TITLE = 'Breast Cancer Wisconsin (Diagnostic)';
const HEADER = [...BREAST_CANCER_FEATURES, 'target'];

export interface Tumours {
  /** size × 30 in the file's own units, row by row, in the order of `BREAST_CANCER_FEATURES`. */
  values: Float64Array;
  /** 0 malignant, 1 benign. */
  labels: Uint8Array;
  size: number;
}

/**
 * The tumours of a CSV file with one header row.
 * @throws DataError `table-header-unknown`, `table-empty`, `table-row-malformed`, `table-value-invalid` or
 *   `table-class-unknown`, with the line
 */
export function parseBreastCancer(text: string): Tumours {
  const lines = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const header = lines[0]!.split(',').map((name) => name.trim());
  const odd = HEADER.findIndex((name, column) => header[column] !== name);
  if (odd >= 0 || header.length !== HEADER.length)
    throw new DataError(
      'table-header-unknown',
      odd >= 0
        ? `Column ${odd + 1} of the tumour table is named “${header[odd] ?? ''}”, expected “${HEADER[odd]}”.`
        : `The tumour table has ${header.length} columns, expected ${HEADER.length}.`,
      'Use the file with the 30 measurements in their original order and `target` as the last column.',
    );
  const rows = lines.slice(1);
  if (rows.length === 0)
    throw new DataError(
      'table-empty',
      'The tumour table has a header but no rows.',
      'Check that the file was copied in full.',
    );
  const values = new Float64Array(rows.length * BREAST_CANCER_WIDTH);
  const labels = new Uint8Array(rows.length);
  for (const [i, row] of rows.entries()) {
    const cells = row.split(',').map((cell) => cell.trim());
    const line = i + 2;
    if (cells.length !== HEADER.length)
      throw new DataError(
        'table-row-malformed',
        `Line ${line} of the tumour table has ${cells.length} values, expected ${HEADER.length}.`,
        'Check that the file was copied in full and that its values are parted by commas.',
      );
    for (let column = 0; column < BREAST_CANCER_WIDTH; column++) {
      const cell = cells[column]!;
      const value = Number(cell);
      // Number('') is 0: an empty cell is not a measurement of zero.
      if (cell === '' || !Number.isFinite(value) || value < 0)
        throw new DataError(
          'table-value-invalid',
          `Line ${line} of the tumour table has “${cell}” for ${HEADER[column]}: measurements are numbers from 0.`,
          'Correct the value, or leave the row out.',
        );
      values[i * BREAST_CANCER_WIDTH + column] = value;
    }
    const label = cells[BREAST_CANCER_WIDTH]!;
    if (label !== '0' && label !== '1')
      throw new DataError(
        'table-class-unknown',
        `Line ${line} of the tumour table has the class “${label}”: only 0 (malignant) and 1 (benign) exist.`,
        'Correct the class, or leave the row out.',
      );
    labels[i] = Number(label);
  }
  return { values, labels, size: rows.length };
}

/**
 * Every measurement from its public range to [−1, 1]; what lies beyond is clamped. Each row is scaled without a look at the
 * others, so this costs no privacy.
 * @returns size × 30, row by row
 */
export function scaleBreastCancer({ values, size }: Tumours): Float32Array {
  const scaled = new Float32Array(size * BREAST_CANCER_WIDTH);
  for (let i = 0; i < scaled.length; i++) {
    const [low, high] = BREAST_CANCER_BOUNDS[i % BREAST_CANCER_WIDTH]!;
    scaled[i] = Math.min(1, Math.max(-1, (2 * (values[i]! - low)) / (high - low) - 1));
  }
  return scaled;
}

/**
 * Loads the 569 tumours.
 * @throws DataError `file-unreachable`, `file-missing` or `file-damaged`; the signal's reason after Stop
 */
export async function loadBreastCancer(options: LoadOptions): Promise<Tumours & { sha256: string }> {
  const bytes = await fetchFile(BREAST_CANCER_PATH, TITLE, options);
  const hash = bytesToHex(sha256(bytes));
  if (hash !== BREAST_CANCER_SHA256)
    throw new DataError(
      'file-damaged',
      `${TITLE} arrived damaged: SHA-256 ${hash}, expected ${BREAST_CANCER_SHA256}.`,
      PREPARE_AGAIN,
    );
  options.onProgress?.(bytes.length, bytes.length);
  return { ...parseBreastCancer(new TextDecoder().decode(bytes)), sha256: hash };
}
