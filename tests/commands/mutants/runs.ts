/** Faults in how runs are charged, and in rounds of clients. */
import type { Fault } from './fault';

export const RUNS: readonly Fault[] = [
  {
    what: 'the charge is announced one step late',
    file: 'lib/runs/charge-run.ts',
    from: 'if (step > run.announced) await',
    to: 'if (step > run.announced + 1) await',
    seenBy: ['tests/unit/runs/charge-run.test.ts'],
  },
  {
    what: 'a step begins before its announcement is written',
    file: 'lib/runs/charge-run.ts',
    from: 'async before(step) {\n      if (step > run.announced) await run.segment',
    to: 'async before(step) {\n      if (step > run.announced) void run.segment',
    seenBy: ['tests/unit/runs/charge-run.test.ts'],
  },
  {
    what: 'the plain twin’s record stops at the private one’s refusal',
    file: 'lib/runs/charge-twins.ts',
    from: "await first.charged.close('error', 0);",
    to: 'first.charged.leave();',
    seenBy: ['tests/unit/runs/charge-twins.test.ts'],
  },
  {
    what: 'a stopped run is told as finished',
    file: 'lib/runs/charge-run.ts',
    from: "if (how === 'finished') await run.finish();",
    to: "if (how !== 'error') await run.finish();",
    seenBy: ['tests/unit/runs/charge-run.test.ts', 'tests/unit/runs/paired-training.test.ts'],
  },
  {
    what: 'a resumed run tells too few repeated steps',
    file: 'lib/runs/charge-run.ts',
    from: '? startedSteps(before) - from : 0',
    to: '? Math.max(0, startedSteps(before) - from - 1) : 0',
    seenBy: ['tests/unit/runs/charge-resume.test.ts'],
  },
  {
    what: 'updates of clients are not clipped',
    file: 'lib/training/federated/fed-avg.ts',
    from: 'if (length > maxUpdateNorm) {',
    to: 'if (length > 1e9 * maxUpdateNorm) {',
    seenBy: ['tests/unit/training/federated.test.ts'],
  },
  {
    what: 'noise of rounds is halved',
    file: 'lib/training/federated/fed-avg.ts',
    from: 'const sum = new Float64Array(parameters);\n  random.fillGaussian(sum, noiseMultiplier * maxUpdateNorm);',
    to: 'const sum = new Float64Array(parameters);\n  random.fillGaussian(sum, 0.5 * noiseMultiplier * maxUpdateNorm);',
    seenBy: ['tests/unit/training/federated.test.ts'],
  },
  {
    what: 'rounds divide by the clients that were drawn',
    file: 'lib/training/federated/fed-avg.ts',
    from: 'const lengths = updates.map((update) => addClipped(sum, update, maxUpdateNorm));\n  for (let j = 0; j < parameters; j++) sum[j]! /= expectedClients;\n  return { average: sum, lengths };\n}\n\n/**',
    to: 'const lengths = updates.map((update) => addClipped(sum, update, maxUpdateNorm));\n  for (let j = 0; j < parameters; j++) sum[j]! /= Math.max(1, updates.length) + 0 * expectedClients;\n  return { average: sum, lengths };\n}\n\n/**',
    seenBy: ['tests/unit/training/federated.test.ts'],
  },
  {
    what: 'masks do not cancel',
    file: 'lib/training/federated/secure-aggregation.ts',
    from: 'own < other ? 1 : -1',
    to: 'own < other ? 1 : 1',
    seenBy: ['tests/unit/training/federated.test.ts'],
  },
  {
    what: 'repair after a drop-out has the wrong sign',
    file: 'lib/training/federated/secure-aggregation.ts',
    from: 'own < gone ? -1 : 1',
    to: 'own < gone ? 1 : -1',
    seenBy: ['tests/unit/training/federated.test.ts'],
  },
  {
    what: 'best of n sweeps shown as one',
    file: 'lib/runs/sweep-plan.ts',
    from: 'const drawn = seed + repeat;',
    to: 'const drawn = seed + 0 * repeat;',
    seenBy: ['tests/unit/runs/sweep.test.ts'],
  },
  {
    what: 'canaries that were left out are summed too',
    file: 'lib/runs/canaries-in-run.ts',
    from: 'for (const canary of lot.drawn) if (included[canary]) sum[canary] = length;',
    to: 'for (const canary of lot.drawn) sum[canary] = length;',
    seenBy: ['tests/unit/runs/canaries-in-run.test.ts'],
  },
];
