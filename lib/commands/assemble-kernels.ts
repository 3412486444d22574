/**
 * Assembles lib/detection/networks/kernels/kernels-source.ts into the bytes that stand beside it as text.
 * Two builds: for the plain memory of tfjs' WASM backend and for the shared memory of its threaded build.
 */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import loadWabt from 'wabt';
import { KERNELS } from '@/lib/detection/networks/kernels/kernels-source';

const TARGET = resolve(import.meta.dirname, '../../lib/detection/networks/kernels/kernels-binary.ts');
const PLAIN = '(memory 1)';

export async function assemble(): Promise<{ plain: string; shared: string }> {
  const wabt = await loadWabt();
  const build = (text: string) => {
    const module = wabt.parseWat('kernels.wat', text, { simd: true, threads: true });
    try {
      return Buffer.from(module.toBinary({}).buffer).toString('base64');
    } finally {
      module.destroy();
    }
  };
  if (!KERNELS.includes(PLAIN)) throw new Error(`the kernels do not import their memory as ${PLAIN}`);
  return { plain: build(KERNELS), shared: build(KERNELS.replace(PLAIN, '(memory 1 65536 shared)')) };
}

export function sourceText({ plain, shared }: { plain: string; shared: string }): string {
  return `/** Generated from kernels-source.ts by lib/commands/assemble-kernels.ts; a test compares the two. Do not edit. */
export const KERNELS_PLAIN =
  '${plain}';

export const KERNELS_SHARED =
  '${shared}';
`;
}

if (import.meta.filename === process.argv[1]) await writeFile(TARGET, sourceText(await assemble()));
