/** Engines in frames of their own within one page: each has its own globals, all share one thread and one clock. */
import type { BackendName } from '@/tests/harness/tf';
import type { Engine, EngineModule, Task } from './engine';
import type * as Meters from './meters';

export type EngineName = 'ours' | 'jax-js' | 'tfjs';

/** Where the modules are served. */
export const ENGINE_SCRIPTS: Record<EngineName, string> = {
  ours: '/engines/ours.js',
  'jax-js': '/engines/jax.js',
  tfjs: '/engines/tfjs.js',
};

export const METERS_SCRIPT = '/engines/meters.js';

/** jax-js starts a thread for each processor that it is told of, tfjs for half of them. */
const PROCESSORS: Record<EngineName, number> = { ours: 2, 'jax-js': 1, tfjs: 2 };

export async function openEngine(
  name: EngineName,
  task: Task,
  backend: BackendName,
  threads: number,
): Promise<Engine & { memory(): Meters.Memory }> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<script>
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${PROCESSORS[name] * threads} });
    globalThis.meters = import('${METERS_SCRIPT}');
    globalThis.engine = globalThis.meters.then(() => import('${ENGINE_SCRIPTS[name]}'));
  </script>`;
  await new Promise((loaded) => {
    frame.onload = loaded;
    document.body.append(frame);
  });
  const { engine, meters } = frame.contentWindow as unknown as {
    engine: Promise<EngineModule>;
    meters: Promise<typeof Meters>;
  };
  const opened = await (await engine).open(task, backend, threads);
  const { readMeters } = await meters;
  return { ...opened, memory: readMeters };
}
