'use client';

import { useEffect, useState } from 'react';
import { type Adapter, describeWebGlAdapter, findWebGpuAdapter } from '@/lib/runtime/backends/adapter';

/** A module with one SIMD instruction: a browser without SIMD finds it malformed. */
const SIMD_MODULE = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]);

interface Hardware {
  webgpu: Adapter | null;
  webgl: Adapter | null;
  simd: boolean;
  threads: number;
  /** Gigabytes, as far as the browser tells: it rounds, and stops at 8 or so. */
  memory: number | null;
}

function findWebGl(): Adapter | null {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return null;
  const adapter = describeWebGlAdapter(gl);
  // Browsers keep few contexts alive: give it back at once.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return adapter;
}

async function look(): Promise<Hardware> {
  const shared = typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated;
  return {
    webgpu: await findWebGpuAdapter(),
    webgl: findWebGl(),
    simd: typeof WebAssembly !== 'undefined' && WebAssembly.validate(SIMD_MODULE),
    threads: shared ? navigator.hardwareConcurrency || 1 : 1,
    memory: (navigator as { deviceMemory?: number }).deviceMemory ?? null,
  };
}

const inWords = (adapter: Adapter) =>
  `${adapter.description}${adapter.software ? ' (software GPU, slow)' : ''}`;

/** What this means for the lessons, in a sentence or two. */
function verdict({ webgpu, webgl, simd }: Hardware): string {
  if (webgpu && !webgpu.software)
    return 'Every lesson runs here at full speed: networks on your graphics card, private training on it or beside it.';
  if (simd)
    return `Every lesson runs here, on your processor${webgpu || webgl ? ': its graphics are played by software, which is slower' : ''}. Training takes seconds; the detector follows the slider with a short delay.`;
  return 'The lessons run here, but slowly: this browser lacks fast WebAssembly. A current Chrome, Edge, Firefox or Safari does better.';
}

function Row({ name, value, good, note }: { name: string; value: string; good: boolean; note: string }) {
  return (
    <tr className="border-b border-line align-top last:border-0">
      <th scope="row" className="py-2.5 pr-4 text-left font-medium whitespace-nowrap">
        {name}
      </th>
      <td className="py-2.5 pr-4">
        <span className="inline-flex items-baseline gap-2">
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" className="shrink-0 self-center">
            {good ? (
              <path d="M2 6.5l2.8 2.8L10 3.5" fill="none" stroke="var(--text)" strokeWidth="1.75" />
            ) : (
              <path d="M2.5 6h7" fill="none" stroke="var(--secondary)" strokeWidth="1.75" />
            )}
          </svg>
          <span>{value}</span>
        </span>
      </td>
      <td className="hidden py-2.5 text-secondary md:table-cell">{note}</td>
    </tr>
  );
}

/** Looks at the machine, and says in words what will run on it. Nothing of it leaves the page. */
export function HardwareCheck() {
  const [hardware, setHardware] = useState<Hardware | null>(null);
  useEffect(() => {
    let current = true;
    look().then((found) => {
      if (current) setHardware(found);
    });
    return () => {
      current = false;
    };
  }, []);

  return (
    <section aria-labelledby="hardware" className="mt-16">
      <h2 id="hardware" className="text-[1.44rem] font-semibold leading-snug tracking-tight">
        What will run on this machine
      </h2>
      <p role="status" className="mt-2 min-h-14 max-w-[68ch] text-secondary sm:min-h-7">
        {hardware ? verdict(hardware) : 'Looking at what your browser offers…'}
      </p>
      <div className="mt-4 overflow-x-auto rounded-cell border border-line bg-surface px-4 py-1 sm:px-5">
        <table className="w-full border-collapse text-sm sm:text-base">
          <caption className="sr-only">What this browser offers</caption>
          <tbody>
            <Row
              name="WebGPU"
              good={hardware?.webgpu?.software === false}
              value={hardware ? (hardware.webgpu ? inWords(hardware.webgpu) : 'not offered') : '…'}
              note="The fastest way to run a network in a browser."
            />
            <Row
              name="WebGL"
              good={hardware?.webgl?.software === false}
              value={hardware ? (hardware.webgl ? inWords(hardware.webgl) : 'not offered') : '…'}
              note="The next best, on older graphics."
            />
            <Row
              name="WebAssembly"
              good={hardware?.simd ?? false}
              value={
                hardware
                  ? `${hardware.simd ? 'with SIMD' : 'without SIMD'}, ${hardware.threads === 1 ? '1 thread' : `up to ${hardware.threads} threads`}`
                  : '…'
              }
              note="On the processor; every browser has it. Threads need a host that isolates the page."
            />
            <Row
              name="Memory"
              good={hardware?.memory === null || (hardware?.memory ?? 0) >= 4}
              value={
                hardware
                  ? hardware.memory === null
                    ? 'not told by this browser'
                    : `${hardware.memory >= 8 ? 'at least ' : ''}${hardware.memory} GB`
                  : '…'
              }
              note="The largest lesson here takes about 0.5 GB."
            />
          </tbody>
        </table>
      </div>
      <noscript>
        <p className="mt-2">The experiments are programs: without JavaScript, only the text can be read.</p>
      </noscript>
    </section>
  );
}
