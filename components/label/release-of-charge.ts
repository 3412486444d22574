/** What a run was charged for, as a label takes it. */
import type { ChargedRelease } from '@/lib/ledger';
import { CLIENTS_ADD, type Release, STATED } from '@/lib/runs/label';

export function releaseOfCharge({ settings, ...release }: ChargedRelease): Release {
  return {
    ...release,
    practice: settings.noisePlace === 'local' ? CLIENTS_ADD : {},
    // What a cell wrote beside its charge, for it alone knows.
    ...(typeof settings.notCovered === 'string' ? { alsoNotCovered: [settings.notCovered] } : {}),
  };
}

export interface OldRun {
  title: string;
  /** In nats. */
  epsilon: number;
  delta: number | null;
  /** ISO 8601. */
  finishedAt: string;
}

/** Whose data, and by which mechanism, was not kept: the label says that it is not known. */
export function releaseOfOldRun({ title, epsilon, delta, finishedAt }: OldRun): Release {
  return {
    title,
    account: {
      dataset: { hash: null, title: 'not kept by the version of the site that ran it' },
      ...{ unit: 'unit', relation: 'add-or-remove-one', delta: delta ?? 0 },
    },
    events: [{ kind: 'approximate', epsilon, delta: delta ?? 0, count: 1 }],
    epsilon,
    date: finishedAt,
    practice: { ...STATED, settingsChosen: 'Not kept.' },
  };
}
