/**
 * Assembles every `lib/…/kernels/<name>-source.ts` into the bytes that stand beside it as text, `<name>-binary.ts`.
 * A source exports `MODULE`, a `WatModule`.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import loadWabt from 'wabt';
import { TFJS_MEMORY, type WatModule } from '@/lib/kernels/wat';

const LIB = resolve(import.meta.dirname, '..');

export interface Assembled {
  /** The file that holds the bytes. */
  target: string;
  /** Its whole content. */
  content: string;
}

export async function assembleAll(): Promise<Assembled[]> {
  const wabt = await loadWabt();
  const build = (text: string) => {
    const module = wabt.parseWat('kernels.wat', text, { simd: true, threads: true, relaxed_simd: true });
    try {
      return Buffer.from(module.toBinary({}).buffer).toString('base64');
    } finally {
      module.destroy();
    }
  };
  const sources = (await readdir(LIB, { recursive: true })).filter((file) =>
    /(^|\/)kernels\/[^/]+-source\.ts$/.test(file),
  );
  const assembled: Assembled[] = [];
  for (const source of sources.sort()) {
    const { MODULE } = (await import(join(LIB, source))) as { MODULE: WatModule };
    assembled.push({
      target: join(LIB, source.replace(/-source\.ts$/, '-binary.ts')),
      content: contentOf(basename(source), builds(MODULE, build)),
    });
  }
  return assembled;
}

function builds(
  { text, relaxed, memory }: WatModule,
  build: (text: string) => string,
): Record<string, string> {
  const both = (one: string, name: string) => {
    if (memory === 'own') return { [name || 'BYTES']: build(one) };
    if (!one.includes(TFJS_MEMORY))
      throw new Error(`the kernels do not import their memory as ${TFJS_MEMORY}`);
    const shared = TFJS_MEMORY.replace('(memory 1)', '(memory 1 65536 shared)');
    return {
      [name || 'PLAIN']: build(one),
      [name ? `${name}_SHARED` : 'SHARED']: build(one.replace(TFJS_MEMORY, shared)),
    };
  };
  return { ...both(text, ''), ...(relaxed === undefined ? {} : both(relaxed, 'RELAXED')) };
}

function contentOf(source: string, bytes: Record<string, string>): string {
  const constants = Object.entries(bytes).map(([name, base64]) => `export const ${name} =\n  '${base64}';\n`);
  return `/** Generated from ${source} by lib/commands/assemble-kernels.ts; a test compares the two. Do not edit. */\n${constants.join('\n')}`;
}

if (import.meta.filename === process.argv[1])
  for (const { target, content } of await assembleAll()) {
    await writeFile(target, content);
    console.log(relative(process.cwd(), target));
  }
