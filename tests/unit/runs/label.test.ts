/** Labels of every private run, as a specialist would read them; and their form in the deployments registry. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { askPhases, makeRegister, registerAccount } from '@/components/lessons/a-budget-across-runs/account';
import { SCENES_ACCOUNT, scenePhases } from '@/components/lessons/a-privately-trained-detector/account';
import { ATTACK_ACCOUNT, attackPhases } from '@/components/lessons/attacks/account';
import { clientsAccount, federatedPhases } from '@/components/lessons/federated-learning/account';
import { OWN_ANSWERS_ACCOUNT } from '@/components/lessons/telemetry/account';
import { trainPhases } from '@/components/lessons/training-with-dp-sgd/account';
import { BREAST_CANCER_SHA256 } from '@/lib/data/breast-cancer';
import { type AccountRequest, chargedMechanismsOfPlan, epsilonOfMechanisms, type Phase } from '@/lib/ledger';
import { MNIST_ACCOUNT } from '@/lib/runs/accounts/mnist';
import { tumourAccount, tumourPhases } from '@/lib/runs/accounts/tumours';
import { CLIENTS_ADD, privacyLabel, type Release, registryRecord, registryYaml } from '@/lib/runs/label';

const RUNS: [string, AccountRequest, Phase[]][] = [
  [
    'a training on digits',
    MNIST_ACCOUNT,
    trainPhases({
      people: 'all',
      clipping: 'flat',
      noiseMultiplier: 1.28,
      expectedBatchSize: 2048,
      steps: 200,
    }),
  ],
  ['an attacked model', ATTACK_ACCOUNT, attackPhases(2)],
  ['clients', clientsAccount('mixed'), federatedPhases(100, 1.5, 40)],
  ['clients of two kinds', clientsAccount('two-kinds'), federatedPhases(100, 1.5, 40)],
  ['a detector', SCENES_ACCOUNT, scenePhases({ noiseMultiplier: 2, steps: 100 })],
  ['tumours', tumourAccount(BREAST_CANCER_SHA256), tumourPhases(1, 1)],
  ['a question', registerAccount(makeRegister().hash), askPhases(0.5, 1)],
  ['a histogram', registerAccount(makeRegister().hash), askPhases(0.5, 5)],
  ['a report', OWN_ANSWERS_ACCOUNT, [{ perStep: [{ kind: 'pure', epsilon: 1, count: 1 }], steps: 3 }]],
];

function releaseOf(title: string, account: AccountRequest, phases: Phase[]): Release {
  const events = chargedMechanismsOfPlan(phases);
  return {
    title,
    account,
    events,
    epsilon: epsilonOfMechanisms(events, account.delta, 'pld'),
    date: '2026-11-30T12:00:00.000Z',
  };
}

const labelOf = (index: number) => privacyLabel(releaseOf(...RUNS[index]!));
const by = (name: string) => labelOf(RUNS.findIndex(([title]) => title === name));

const schema = JSON.parse(readFileSync('tests/fixtures/registry/deployments-schema.json', 'utf8'));
const ajv = new Ajv({ allErrors: true });
addFormats(ajv);
const validates = ajv.compile(schema);

describe.each(RUNS.map(([title], index) => [title, index] as const))('the label of %s', (_, index) => {
  const label = labelOf(index);

  it('leaves no field out', () => {
    const { protects, trust, data } = label;
    const words = [
      ...Object.values(protects),
      ...Object.values(trust),
      ...[label.composition, label.sampling, label.accountant, label.settingsChosen, data.title],
      ...label.mechanisms,
      ...label.notCovered,
    ];
    for (const word of words) expect(word).toMatch(/\S/);
    expect(label.mechanisms.length).toBeGreaterThan(0);
    expect(label.notCovered.length).toBeGreaterThan(2);
    expect(label.epsilon).toBeGreaterThan(0);
    expect(label.delta).toBe(RUNS[index]![1].delta);
    expect(data.hash).toBe(RUNS[index]![1].dataset.hash);
  });

  it('is a record of the deployments registry, as JSON and as YAML', async () => {
    const record = registryRecord(label, new Date('2026-11-30'));
    expect(validates(record), JSON.stringify(validates.errors)).toBe(true);
    const read = parse(await registryYaml(record));
    expect(read).toEqual(record);
    expect(validates(read)).toBe(true);
    expect(record.deployment.basic.publication_date).toBe('2026-11-30');
    expect(record.deployment.basic.description).toContain('no deployment');
  });
});

describe('who is protected from whom', () => {
  it('is said of a central run: not from whoever holds the data', () => {
    const { trust, protects } = by('a training on digits');
    expect(trust.model).toBe('central');
    expect(trust.trusted).toContain('they hold the data as they are');
    expect(protects.words).toContain('Whether one example is in the data');
  });

  it('is said of clients: not from the server', () => {
    const { trust, protects } = by('clients');
    expect(trust.model).toBe('federated');
    expect(trust.trusted).toMatch(/^The server/);
    expect(protects.unit).toBe('client');
  });

  it('is said of a report: from everybody but one’s own device', () => {
    const { trust, protects, notCovered } = by('a report');
    expect(trust.model).toBe('local');
    expect(trust.noiseBy).toContain('Your own device');
    expect(protects.words).toContain('What one person answered');
    expect(notCovered[0]).toContain('That you took part');
  });
});

describe('what else a specialist looks for', () => {
  it('says how lots are drawn, and where none are', () => {
    expect(by('a training on digits').sampling).toContain('3.41 %');
    expect(by('a training on digits').sampling).toMatch(/^Poisson/);
    expect(by('tumours').sampling).toMatch(/^None/);
  });

  it('says what is composed, and that other runs come on top', () => {
    expect(by('a training on digits').composition).toContain('All 200 releases of this run');
    expect(by('a question').composition).toMatch(/^One release of this run/);
    const together = privacyLabel({ ...releaseOf(...RUNS[0]!), runs: 3 });
    expect(together.composition).toContain('3 runs charged to these data');
    expect(together.composition).not.toContain('come on top');
  });

  it('names the person behind several digits, and the plain model beside the private one', () => {
    const { notCovered } = by('a training on digits');
    expect(notCovered.join(' ')).toContain('A writer with several digits');
    expect(notCovered.join(' ')).toContain('plain model');
    expect(by('a question').notCovered.join(' ')).not.toContain('plain model');
  });

  it('has pure DP for pure answers alone', () => {
    const variant = (name: string) => registryRecord(by(name), new Date()).deployment.dp_variant.variant_name;
    expect(variant('a training on digits')).toBe('Approximate DP');
    expect(variant('a question')).toBe('Pure DP');
    expect(variant('a report')).toBe('Pure DP');
  });

  it('lets a run and a release add to it', () => {
    const label = privacyLabel({
      ...releaseOf(...RUNS[2]!),
      practice: { noiseBy: 'Each client.' },
      alsoNotCovered: ['Something else.'],
    });
    expect(label.trust.noiseBy).toBe('Each client.');
    expect(label.notCovered[0]).toBe('Something else.');
  });
});

it('the schema refuses what is not in the registry’s form', () => {
  const record = registryRecord(labelOf(0), new Date());
  expect(validates({ ...record, surprise: 1 })).toBe(false);
  const { administrative, ...rest } = record.deployment;
  expect(administrative.status).toBe('Draft');
  expect(validates({ ...record, deployment: rest })).toBe(false);
});

describe('noise by the clients themselves', () => {
  const events = chargedMechanismsOfPlan(federatedPhases(100, 1.5, 40));
  const release: Release = {
    ...{ title: 'rounds', account: clientsAccount('mixed'), events },
    epsilon: epsilonOfMechanisms(events, 1e-4, 'pld'),
    practice: CLIENTS_ADD,
  };

  it('holds against the server, which does not see who was drawn', () => {
    const { trust, sampling } = privacyLabel(release);
    expect(trust.model).toBe('local');
    expect(trust.protectsFrom).toContain('and the server');
    expect(trust.protectsFrom).toContain('nobody sees who was drawn');
    expect(sampling).toContain('in secret');
  });
});

describe('a δ above n^−1.1', () => {
  const warned = (account: AccountRequest) =>
    privacyLabel({ title: '', account, events: [], epsilon: 0 }).notCovered.filter((one) =>
      one.includes('−1.1'),
    );

  it('is said of the digits, whose papers have 1e-5, and of no other data', () => {
    expect(warned(MNIST_ACCOUNT)).toEqual([expect.stringContaining('5.5e-6')]);
    for (const [title, account] of RUNS.slice(1)) expect(warned(account), title).toEqual([]);
    expect(warned({ ...MNIST_ACCOUNT, delta: 5e-6 })).toEqual([]);
  });
});
