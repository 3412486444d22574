/** A worker without a thread: a real host, joined to a real client by messages that are copied on the way. */
import * as z from 'zod';
import { CellRunner, type RunnerOptions } from '@/lib/runtime/client';
import type { AnyExperiment, ExperimentContext } from '@/lib/runtime/experiment';
import type { FromWorker, ToWorker } from '@/lib/runtime/protocol';
import { type HostPorts, WorkerHost } from '@/lib/runtime/worker-host';
import type { WorkerLike } from '@/lib/runtime/worker-link';

export type Body = (params: never, context: ExperimentContext<unknown>) => Promise<unknown>;

export function experiment(run: Body, needs: AnyExperiment['needs'] = 'maths'): AnyExperiment {
  return { id: 'test', needs, params: z.unknown(), run: run as AnyExperiment['run'] };
}

export interface FakeWorkers {
  runner: CellRunner;
  workers: FakeWorker[];
  /** All that came from any worker, in order. */
  messages: FromWorker[];
}

export class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  terminated = false;
  /** A busy loop hears nothing. */
  deaf = false;
  readonly heard: ToWorker[] = [];
  private readonly host: WorkerHost;

  constructor(
    experiments: Record<string, AnyExperiment>,
    ports: Partial<HostPorts>,
    private readonly seen: (message: FromWorker) => void,
    talks = true,
  ) {
    this.host = new WorkerHost({
      post: (message) => this.say(structuredClone(message)),
      load: async (id) => {
        const found = experiments[id];
        if (!found) throw new Error(`no experiment ${id}`);
        return found;
      },
      startBackend: async () => {
        throw new Error('no backend here');
      },
      watchDevice: () => {},
      askDevice: async () => null,
      memory: () => null,
      ...ports,
    });
    if (talks) queueMicrotask(() => this.say({ type: 'ready' }));
  }

  say(message: FromWorker): void {
    queueMicrotask(() => {
      if (this.terminated) return;
      this.seen(message);
      this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
    });
  }

  postMessage(message: ToWorker): void {
    const copy = structuredClone(message);
    queueMicrotask(() => {
      if (this.terminated || this.deaf) return;
      this.heard.push(copy);
      this.host.receive(copy);
    });
  }

  terminate(): void {
    this.terminated = true;
  }
}

export function fakeWorkers(
  experiments: Record<string, AnyExperiment>,
  options: Partial<RunnerOptions> & { ports?: Partial<HostPorts>; talks?: boolean } = {},
): FakeWorkers {
  const { ports = {}, talks = true, ...rest } = options;
  const workers: FakeWorker[] = [];
  const messages: FromWorker[] = [];
  const runner = new CellRunner({
    createWorker() {
      const worker = new FakeWorker(experiments, ports, (message) => messages.push(message), talks);
      workers.push(worker);
      return worker;
    },
    basePath: '',
    preference: () => 'auto',
    ...rest,
  });
  return { runner, workers, messages };
}
