/**
 * What trials of kernels found in this browser, machine by machine, and which kernels the learner asks for. For the whole site:
 * the page keeps it and hands it to each worker that starts. Another version of the site asks anew: its kernels are others.
 */
import { NAMES } from '@/lib/kept';
import { KERNEL_PREFERENCES, type KernelPreference } from '@/lib/kernels/settle';
import type { Figure, Outcome } from '@/lib/kernels/trial';
import type { ActiveBackend } from './backend';
import { SITE_VERSION } from './version';

/** By the name of what was tried. */
export type Outcomes = Readonly<Record<string, Outcome>>;

export interface KernelKnowledge {
  preference: KernelPreference;
  /** By `machineOf`. */
  machines: Readonly<Record<string, Outcomes>>;
}

/** What a worker found. */
export interface Trial {
  machine: string;
  contest: string;
  outcome: Outcome;
}

export const KNOWING_NOTHING: KernelKnowledge = { preference: 'auto', machines: {} };

/** Times hold for one backend on one adapter, or with one number of threads. */
export const machineOf = ({ name, adapter }: Pick<ActiveBackend, 'name' | 'adapter'>): string =>
  adapter === null ? name : `${name}, ${adapter}`;

const STORAGE_KEY = NAMES.kernels;
const listeners = new Set<() => void>();
/** Storage may be refused (embeds, private windows): what is known then lasts as long as the page. */
let known: KernelKnowledge | null = null;

/** The same value until there is news. */
export function kernelKnowledge(): KernelKnowledge {
  known ??= stored();
  return known;
}

/** Cells follow with their next run: their workers are started anew. */
export function preferKernels(preference: KernelPreference): void {
  keep({ ...kernelKnowledge(), preference });
}

export function rememberTrial({ machine, contest, outcome }: Trial): void {
  const { preference, machines } = kernelKnowledge();
  keep({ preference, machines: { ...machines, [machine]: { ...machines[machine], [contest]: outcome } } });
}

export function onKernelKnowledge(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(next: KernelKnowledge): void {
  known = next;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ version: SITE_VERSION, ...next }));
  } catch {
    // Remembered for this page only.
  }
  for (const listener of listeners) listener();
}

function stored(): KernelKnowledge {
  try {
    const { version, preference, machines } = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return {
      preference: KERNEL_PREFERENCES.find((one) => one === preference) ?? 'auto',
      machines: version === SITE_VERSION && areMachines(machines) ? machines : {},
    };
  } catch {
    return KNOWING_NOTHING;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areMachines = (value: unknown): value is KernelKnowledge['machines'] =>
  isRecord(value) &&
  Object.values(value).every((outcomes) => isRecord(outcomes) && Object.values(outcomes).every(isOutcome));

const isOutcome = (value: unknown): value is Outcome =>
  isRecord(value) &&
  typeof value.chosen === 'string' &&
  Array.isArray(value.figures) &&
  value.figures.every(isFigure);

function isFigure(value: unknown): value is Figure {
  if (!isRecord(value)) return false;
  const { name, error, milliseconds, refused } = value;
  const isNumberOrNull = (one: unknown) => one === null || typeof one === 'number';
  const isTextOrNull = refused === null || typeof refused === 'string';
  return typeof name === 'string' && isNumberOrNull(error) && isNumberOrNull(milliseconds) && isTextOrNull;
}
