/** How the ledger's values read. */
import type { EventKind, FilterKind, LedgerStatus, NoiseSource, RunState } from '@/lib/ledger';

/** ε to three digits; never rounded down, because the printed number is a promise. */
export function formatEpsilon(epsilon: number | null): string {
  if (epsilon === null) return 'no bound';
  if (!Number.isFinite(epsilon)) return '∞';
  if (epsilon === 0) return '0';
  const unit = 10 ** (Math.floor(Math.log10(epsilon)) - 2);
  // A guard against 1.23 becoming 1.24 for want of a last bit.
  const rounded = Math.ceil(epsilon / unit - 1e-6) * unit;
  const text = String(Number(rounded.toPrecision(3)));
  return rounded >= 1e6 ? rounded.toExponential(2) : text;
}

/** 0.00001 → 1e-5 */
export function formatDelta(delta: number): string {
  return delta < 1e-3 ? delta.toExponential().replace('e-', 'e−') : String(delta);
}

export const KIND_WORDS: Record<EventKind, string> = {
  training: 'Training',
  query: 'Query',
  'local-report': 'Local reports',
  federated: 'Federated rounds',
  sweep: 'Sweep',
  tuning: 'Tuning',
};

export const STATE_WORDS: Record<RunState | 'interrupted', string> = {
  planned: 'charged, not begun',
  started: 'running',
  finished: 'finished',
  stopped: 'stopped, charged whole',
  refunded: 'stopped, partly refunded',
  interrupted: 'interrupted, charged whole',
};

export const NOISE_WORDS: Record<NoiseSource, string> = {
  secure: 'cryptographic noise',
  seeded: 'seeded noise: not private, no ε covers this run',
  none: 'no noise: not private, no ε covers this run',
};

export const FILTER_WORDS: Record<FilterKind, { name: string; help: string }> = {
  adaptive: {
    name: 'RDP, strict',
    help: 'The budget holds even if you choose each run after seeing the last result, as long as you do not raise it. Pure answers cost what they add up to, Gaussian releases a hundredth more than by PLD, training runs typically a fifth more than by RDP.',
  },
  rdp: {
    name: 'RDP',
    help: 'Adds Rényi divergences. A bound for runs whose settings were fixed before the first result was seen.',
  },
  pld: {
    name: 'PLD',
    help: 'Nearly the true ε. A bound for runs whose settings were fixed before the first result was seen.',
  },
};

export function statusInWords({ durable, cause, restored }: LedgerStatus): string | null {
  if (!durable) {
    const why = {
      unavailable:
        'This browser does not let the page store anything here, perhaps because the window is private.',
      blocked: 'The ledger’s database does not open, perhaps because another program holds it.',
      quota: 'The disk, or what the browser may use of it, is full.',
      failed: 'The browser could not store the ledger.',
    }[cause ?? 'failed'];
    return `${why} Charges are counted in memory: they are gone when the last tab of this site is closed. Export the ledger to keep them.`;
  }
  return restored
    ? 'The ledger’s database was deleted while this page was open. The page has written back everything it remembered. To remove a data set from the ledger, use “Forget this data set”.'
    : null;
}

/** Made when it is first needed: on a slow phone that alone takes a tenth of a second. */
let time: Intl.DateTimeFormat | undefined;

export function formatTime(iso: string): string {
  time ??= new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return time.format(new Date(iso));
}

export const shortHash = (hash: string): string => `${hash.slice(0, 'sha256:'.length + 10)}…`;
