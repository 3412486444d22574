/**
 * Jupyter notebooks, format 4.5: https://nbformat.readthedocs.io/en/latest/format_description.html
 * Written with what the format requires and nothing more; read with whatever people's tools have put in.
 */
import * as z from 'zod';

/** What a code cell has put out. */
export type NotebookOutput =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string }
  /** The same thing in several forms, by their media types; readers take the richest that they know. */
  | {
      output_type: 'display_data';
      data: Partial<Record<'text/plain' | 'text/markdown' | 'text/html' | 'image/png', string>>;
    };

export interface NotebookCell {
  kind: 'markdown' | 'code';
  source: string;
  /** Of a code cell. Written, and never read back. */
  outputs?: readonly NotebookOutput[] | undefined;
  /** 1 to 64 letters, digits, `-` or `_`, unique in its notebook; made up where there is none. */
  id?: string | undefined;
  /** Kept under `metadata.epsilon_playground` of the cell, for ourselves. */
  metadata?: unknown;
}

export interface IpynbOptions {
  /** Of the code cells. */
  language: 'python' | 'javascript';
  /** Kept under `metadata.epsilon_playground`, for ourselves. */
  metadata?: Record<string, unknown>;
}

const KERNELS = {
  python: {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  },
  javascript: {
    kernelspec: { display_name: 'JavaScript', language: 'javascript', name: 'javascript' },
    language_info: { name: 'javascript' },
  },
} as const;

/** Lines with their ends, as the format has them. */
const lines = (source: string) => source.split(/(?<=\n)/);

/** Texts are lists of lines there, pictures one string. */
function outputInFile(output: NotebookOutput) {
  if (output.output_type === 'stream') return { ...output, text: lines(output.text) };
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    type === 'image/png' ? value : lines(value),
  ]);
  return { output_type: output.output_type, data: Object.fromEntries(data), metadata: {} };
}

/** @returns JSON text */
export function writeIpynb(cells: readonly NotebookCell[], { language, metadata }: IpynbOptions): string {
  const notebook = {
    cells: cells.map(({ kind, source, id, metadata: own, outputs = [] }, index) => ({
      cell_type: kind,
      id: id ?? `cell-${index + 1}`,
      metadata: own === undefined ? {} : { epsilon_playground: own },
      source: source === '' ? [] : lines(source),
      ...(kind === 'code' ? { execution_count: null, outputs: outputs.map(outputInFile) } : {}),
    })),
    metadata: { ...KERNELS[language], ...(metadata ? { epsilon_playground: metadata } : {}) },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

const source = z.union([z.string(), z.array(z.string())]).transform((text) => [text].flat().join(''));
const readable = z.object({
  nbformat: z.literal(4),
  // How many are too many is said by who opens it: a long notebook is a notebook.
  cells: z.array(
    z.object({
      cell_type: z.string(),
      source,
      id: z.string().optional().catch(undefined),
      metadata: z.record(z.string(), z.unknown()).optional().catch(undefined),
    }),
  ),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

export class IpynbError extends Error {
  override readonly name = 'IpynbError';
  readonly code = 'notebook-unreadable';
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Longer than any notebook for a lesson. */
const LONGEST = 20_000_000;

const languages = z.object({
  language_info: z.object({ name: z.string() }).optional().catch(undefined),
  kernelspec: z
    .object({ language: z.string().optional(), name: z.string().optional() })
    .optional()
    .catch(undefined),
});

export interface ReadIpynb {
  cells: NotebookCell[];
  /** Of the code, in the file's own word; empty where it does not say. */
  language: string;
  /** What we wrote under `metadata.epsilon_playground`, or whatever is there. */
  metadata: unknown;
}

/**
 * Cells of a notebook of format 4; raw cells become Markdown, outputs are left behind.
 * @throws IpynbError
 */
export function readIpynb(text: string): ReadIpynb {
  if (text.length > LONGEST)
    throw new IpynbError('This notebook is larger than 20 MB.', 'Clear its outputs and save it again.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new IpynbError('This file is not a notebook: it is not JSON.', 'Choose an .ipynb file.');
  }
  const parsed = readable.safeParse(json);
  if (!parsed.success)
    throw new IpynbError(
      // The first fault is enough: a file of another kind has one in each of its cells.
      `This is not a notebook of format 4: ${z.prettifyError(parsed.error).split('\n').slice(0, 2).join(' ')}`,
      'Open it in Jupyter and save it again as .ipynb.',
    );
  const said = languages.safeParse(parsed.data.metadata ?? {}).data;
  return {
    cells: parsed.data.cells.map(({ cell_type, source: text, id, metadata }) => ({
      kind: cell_type === 'code' ? 'code' : 'markdown',
      source: text,
      id,
      metadata: metadata?.epsilon_playground,
    })),
    language:
      said?.language_info?.name ??
      said?.kernelspec?.language ??
      // Colab names the kernel alone: python3.
      said?.kernelspec?.name?.replace(/\d+$/, '') ??
      '',
    metadata: parsed.data.metadata?.epsilon_playground,
  };
}
