/** How many passes over memory activations cost: the kernels that one look runs, and the programs that one kernel starts. */
import * as tf from '@tensorflow/tfjs-core';
import type { YoloDetector } from '@/lib/detection/networks';
import { passes } from '@/lib/detection/networks/kernels';
import type { Block, Convolution } from '@/lib/detection/networks/plan';

export interface Passes {
  /** Activations by SiLU that the network's description asks for. */
  asked: number;
  /** How often each kernel ran in one look. */
  ran: Record<string, number>;
  /** Programs that one SiLU started on the graphics device, and one with a shortcut; null without such a device. */
  programs: [silu: number, withShortcut: number] | null;
}

export async function countPasses(detector: YoloDetector, size: number): Promise<Passes> {
  const look = () => detector.network.forward(tf.zeros([1, size, size, 3]));
  tf.dispose({ ...look() });
  const profile = await tf.profile(() => {
    tf.dispose({ ...look() });
  });
  const ran: Record<string, number> = {};
  for (const { name } of profile.kernels) ran[name] = (ran[name] ?? 0) + 1;
  return { asked: siluCount(detector), ran, programs: await programsOfOne() };
}

type Run = (...given: unknown[]) => unknown;

async function programsOfOne(): Promise<Passes['programs']> {
  const backend = tf.backend() as unknown as Record<string, Run | undefined>;
  const method = ['runWebGPUProgram', 'runWebGLProgram'].find((name) => typeof backend[name] === 'function');
  if (!method) return null;
  const own = await passes();
  const original = backend[method]!;
  let count = 0;
  backend[method] = (...given: unknown[]) => {
    count++;
    return original.apply(backend, given);
  };
  try {
    const ones = () => tf.ones([1, 8, 8, 16]) as tf.Tensor4D;
    const counted = (run: () => tf.Tensor4D): [tf.Tensor4D, number] => {
      const before = count;
      const result = run();
      return [result, count - before];
    };
    // What comes from another kernel lies on the device in the layout that kernels like: as in the network.
    const [x, y] = [own.silu(ones()), own.silu(ones())];
    const [one, silu] = counted(() => own.silu(x));
    const [two, withShortcut] = counted(() => own.siluAdd(one, y));
    tf.dispose([x, y, one, two]);
    return [silu, withShortcut];
  } finally {
    delete backend[method];
  }
}

function siluCount({ network: { plan } }: YoloDetector): number {
  const of = (list: readonly Convolution[]) => list.filter(({ activation }) => activation === 'silu').length;
  const inBlock = (block: Block): number => {
    switch (block.kind) {
      case 'conv':
        return of([block]);
      case 'sequence':
        return block.blocks.reduce((sum, inner) => sum + inBlock(inner), 0);
      case 'bottleneck':
      case 'sppf':
        return of([block.cv1, block.cv2]);
      case 'split-chain':
      case 'c2psa':
        // The first convolution is run as two halves, each with its own activation.
        return (
          2 * of([block.cv1]) + of([block.cv2]) + block.inner.reduce((sum, inner) => sum + inBlock(inner), 0)
        );
      case 'c3k':
        return (
          of([block.cv1, block.cv2, block.cv3]) + block.inner.reduce((sum, inner) => sum + inBlock(inner), 0)
        );
      case 'psa':
        return of([
          block.attention.qkv,
          block.attention.position,
          block.attention.project,
          block.expand,
          block.project,
        ]);
      default:
        return 0;
    }
  };
  const layers = plan.layers.reduce((sum, { block }) => sum + inBlock(block), 0);
  return layers + plan.head.levels.reduce((sum, { box, classes }) => sum + of(box) + of(classes), 0);
}
