/** Engines in frames of their own within one page: each has its own globals, all share one thread and one clock. */
import type { BackendName } from '@/tests/harness/tf';
import type { Engine, EngineModule, Task } from './engine';

export type EngineName = 'ours' | 'jax-js' | 'tfjs';

/** Where the modules are served. */
export const ENGINE_SCRIPTS: Record<EngineName, string> = {
  ours: '/engines/ours.js',
  'jax-js': '/engines/jax.js',
  tfjs: '/engines/tfjs.js',
};

/** jax-js starts a thread for each processor that it is told of, tfjs for half of them. */
const PROCESSORS: Record<EngineName, number> = { ours: 2, 'jax-js': 1, tfjs: 2 };

export async function openEngine(
  name: EngineName,
  task: Task,
  backend: BackendName,
  threads: number,
): Promise<Engine> {
  const frame = document.createElement('iframe');
  // By this name the page's memory is told apart.
  frame.id = name;
  frame.srcdoc = `<script>
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${PROCESSORS[name] * threads} });
    globalThis.engine = import('${ENGINE_SCRIPTS[name]}');
  </script>`;
  await new Promise((loaded) => {
    frame.onload = loaded;
    document.body.append(frame);
  });
  const { engine } = frame.contentWindow as unknown as { engine: Promise<EngineModule> };
  return (await engine).open(task, backend, threads);
}
