/** People who stand in several accounts are found, and what they paid in all of them is added. */
import { describe, expect, it } from 'vitest';
import { SCENES_ACCOUNT } from '@/components/lessons/a-privately-trained-detector/account';
import { ATTACK_ACCOUNT, attackPhases } from '@/components/lessons/attacks/account';
import { clientsAccount, federatedPhases } from '@/components/lessons/federated-learning/account';
import {
  type Account,
  type AccountRequest,
  accountId,
  chargedMechanisms,
  epsilonOfMechanisms,
  type LedgerEvent,
  type Phase,
  totalsOf,
} from '@/lib/ledger';
import { eventFromPlan } from '@/lib/ledger/plan';
import { MNIST_ACCOUNT } from '@/lib/runs/accounts/mnist';
import { samePeople, sharePeople } from '@/lib/runs/accounts/same-people';
import { tumourAccount, tumourPhases } from '@/lib/runs/accounts/tumours';
import { poissonPhases } from '@/lib/runs/phases';

const at = '2026-06-01T12:00:00.000Z';
const opened = (request: AccountRequest): Account => ({
  ...request,
  ...{ id: accountId(request.dataset.hash, request.unit, request.relation), createdAt: at, budgets: [] },
});
const [digits, attacked, mixed, scenes, tumours] = [
  MNIST_ACCOUNT,
  ATTACK_ACCOUNT,
  clientsAccount('mixed'),
  SCENES_ACCOUNT,
  tumourAccount('0'.repeat(64)),
].map(opened) as [Account, Account, Account, Account, Account];
const all = [digits, attacked, mixed, scenes, tumours];

function charge(account: Account, phases: Phase[], noise: 'secure' | 'none' = 'secure'): LedgerEvent {
  const plan = { account: account.id, kind: 'training' as const, title: 'A run', phases, noise };
  return eventFromPlan({ ...plan, shows: 'nothing' }, account, at, 'test');
}

const training = poissonPhases({ sampleRate: 0.03, noiseMultiplier: 1.2, steps: 100 });
const events = [
  charge(digits, training),
  charge(attacked, attackPhases(1)),
  charge(mixed, federatedPhases(100, 1, 20)),
  charge(scenes, training),
  charge(tumours, tumourPhases(1, 1)),
];

describe('people in several accounts', () => {
  it('are the digits that several data sets were made from, and nobody else', () => {
    for (const one of [digits, attacked, mixed, scenes]) {
      for (const other of [digits, attacked, mixed, scenes]) expect(sharePeople(one, other)).toBe(true);
      expect(sharePeople(one, tumours)).toBe(false);
    }
    const otherBytes = { ...digits.dataset, hash: `sha256:${'1'.repeat(64)}` };
    expect(sharePeople(digits, opened({ ...MNIST_ACCOUNT, dataset: otherBytes }))).toBe(false);
    // The same bytes are the same people, whatever is protected of them.
    expect(sharePeople(tumours, opened({ ...tumourAccount('0'.repeat(64)), unit: 'scan' }))).toBe(true);
  });

  it('are told what both cost together, where both protect the same unit', () => {
    const found = samePeople(digits, all, events);
    expect(found.likeUnit).toEqual([attacked]);
    expect(found.otherUnit).toEqual([mixed, scenes]);
    const both = [events[0]!, events[1]!].flatMap(chargedMechanisms);
    expect(found.together).toBe(epsilonOfMechanisms(both, digits.delta, 'pld'));
    const alone = [digits, attacked].map((account) => totalsOf(account, events).pld!);
    expect(found.together!).toBeGreaterThan(Math.max(...alone));
    expect(found.together!).toBeLessThan(alone[0]! + alone[1]!);
    expect(samePeople(attacked, all, events).likeUnit).toEqual([digits]);
  });

  it('are in none that was never charged, or only without protecting noise', () => {
    const plain = poissonPhases({ sampleRate: 1, noiseMultiplier: 0, steps: 1 });
    const only = [events[0]!, charge(attacked, plain, 'none')];
    const nowhere = { likeUnit: [], otherUnit: [], together: null, released: [] };
    expect(samePeople(digits, all, only)).toEqual(nowhere);
    expect(samePeople(tumours, all, events)).toEqual(nowhere);
    expect(samePeople(mixed, all, events)).toMatchObject({ likeUnit: [], together: null });
  });
});
