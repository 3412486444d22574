/** Labels that leave with the ledger and with a run: those that the site shows, in every file, and never in the way of reading it back. */
import { expect, it } from 'vitest';
import { fieldsOf } from '@/components/label/label-card';
import { labelsOfLedger } from '@/components/ledger/labels-of-ledger';
import { releaseOfEvent } from '@/components/ledger/release-of';
import { fromCsvFile, toCsvFile } from '@/lib/ledger/csv-file';
import { fromJsonFile, toJsonFile } from '@/lib/ledger/json-file';
import { privacyLabel } from '@/lib/runs/label';
import { digits, trainingPlan } from './support/examples';
import { World } from './support/world';

async function twoRunsAndASeededOne() {
  const ledger = await new World().process().open();
  const account = await ledger.account(digits);
  const ids: string[] = [];
  for (const change of [{}, {}, { noise: 'seeded', seed: 7 }] as const) {
    const decision = await ledger.charge(trainingPlan(account.id, 40, change));
    if (!decision.ok) throw new Error('refused');
    await decision.run.finish();
    ids.push(decision.run.event.id);
  }
  return { ids, account, snapshot: ledger.snapshot() };
}

const options = { exportedAt: '2026-06-01T12:00:00.000Z', version: 'test' };

it('every private run of an exported ledger has its label, the seeded one has none', async () => {
  const { ids, account, snapshot } = await twoRunsAndASeededOne();
  const labels = await labelsOfLedger(snapshot, undefined, async () => {});
  const json = toJsonFile(snapshot, { ...options, labels });
  const written = JSON.parse(json).labels;
  expect(Object.keys(written).sort()).toEqual(ids.slice(0, 2).sort());
  const event = snapshot.events.find(({ id }) => id === ids[0])!;
  expect(written[ids[0]!]).toEqual(JSON.parse(JSON.stringify(privacyLabel(releaseOfEvent(event, account)!))));
  expect(fromJsonFile(json).events).toHaveLength(3);
});

it('the table has a column for each field of the card', async () => {
  const { ids, account, snapshot } = await twoRunsAndASeededOne();
  const labels = await labelsOfLedger(snapshot, account.id, async () => {});
  const csv = toCsvFile(snapshot, { ...options, labels });
  const head = csv.split('\n')[1]!;
  const event = snapshot.events.find(({ id }) => id === ids[0])!;
  for (const [name] of fieldsOf(privacyLabel(releaseOfEvent(event, account)!)))
    expect(head).toContain(`label: ${name}`);
  expect(head.endsWith(',json')).toBe(true);
  expect(fromCsvFile(csv)).toEqual(fromCsvFile(toCsvFile(snapshot, options)));
});
