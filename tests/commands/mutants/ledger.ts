/** Faults in what is charged. */
import type { Fault } from './fault';

export const LEDGER: readonly Fault[] = [
  {
    what: 'a stop after progress is refunded',
    file: 'lib/ledger/rules.ts',
    from: "return close('progress-shown', planned);",
    to: "return close('progress-shown', reached);",
    seenBy: ['tests/unit/ledger/rules.test.ts'],
  },
  {
    what: 'an error is refunded',
    file: 'lib/ledger/rules.ts',
    from: "return close('cause-unknown', planned);",
    to: "return close('cause-unknown', reached);",
    seenBy: ['tests/unit/ledger/rules.test.ts'],
  },
  {
    what: 'a stop of a later attempt charges nothing',
    file: 'lib/ledger/rules.ts',
    from: 'if (reached === 0 && event.attempts.length <= 1)',
    to: 'if (reached === 0)',
    seenBy: ['tests/unit/ledger/rules.test.ts', 'tests/unit/ledger/sequence.test.ts'],
  },
  {
    what: 'an open run is charged as far as it came',
    file: 'lib/ledger/charge.ts',
    from: 'else if (closing === null && index === attempts.length - 1) to = planned;',
    to: 'else if (closing === null && index === attempts.length) to = planned;',
    seenBy: [
      'tests/unit/ledger/ledger.test.ts',
      'tests/unit/ledger/sequence.test.ts',
      'tests/unit/ledger/faults.test.ts',
    ],
  },
  {
    what: 'a run that was not begun is free',
    file: 'lib/ledger/charge.ts',
    from: 'if (attempts.length === 0) return closing === null ? [{ from: 0, to: planned }] : [];',
    to: 'if (attempts.length === 0) return [];',
    seenBy: [
      'tests/unit/ledger/ledger.test.ts',
      'tests/unit/ledger/sequence.test.ts',
      'tests/unit/ledger/faults.test.ts',
      'tests/unit/ledger/filter.test.ts',
    ],
  },
  {
    what: 'repeated steps are paid once',
    file: 'lib/ledger/charge.ts',
    from: "if (attempt.repeats === 'identical')",
    to: "if (attempt.repeats !== 'nothing' as string)",
    seenBy: [
      'tests/unit/ledger/ledger.test.ts',
      'tests/unit/ledger/sequence.test.ts',
      'tests/unit/runs/charge-resume.test.ts',
    ],
  },
  {
    what: 'seeded noise counts as private',
    file: 'lib/ledger/charge.ts',
    from: "return event.noise === 'secure';",
    to: "return event.noise !== 'none';",
    seenBy: [
      'tests/unit/ledger/totals.test.ts',
      'tests/unit/ledger/ledger.test.ts',
      'tests/unit/ledger/filter.test.ts',
    ],
  },
  {
    what: 'a budget admits what just exceeds it',
    file: 'lib/ledger/filter.ts',
    from: 'const most = limit * (1 + ROUNDING);',
    to: 'const most = limit * 1.02 + 0 * ROUNDING;',
    seenBy: ['tests/unit/ledger/filter.test.ts'],
  },
  {
    what: 'a budget forgets a run that goes on',
    file: 'lib/ledger/filter.ts',
    from: '.filter((other) => other.id !== event.id)',
    to: '.filter((other) => other.closing !== null)',
    seenBy: [
      'tests/unit/ledger/filter.test.ts',
      'tests/unit/ledger/ledger.test.ts',
      'tests/unit/ledger/sequence.test.ts',
    ],
  },
  {
    what: 'the smallest budget that would do is rounded down',
    file: 'lib/ledger/filter.ts',
    from: 'raiseTo: Number.isFinite(wouldBe) ? roundedUp(wouldBe) : null,',
    to: 'raiseTo: Number.isFinite(wouldBe) ? roundedUp(0.98 * wouldBe) : null,',
    seenBy: ['tests/unit/ledger/filter.test.ts'],
  },
  {
    what: 'steps run before they are announced',
    file: 'lib/ledger/run.ts',
    from: 'await this.#backing.write(next, { openEvent: next.id });\n    this.#event = next;',
    to: 'void this.#backing.write(next, { openEvent: next.id });\n    this.#event = next;',
    seenBy: ['tests/unit/ledger/ledger.test.ts', 'tests/unit/ledger/faults.test.ts'],
  },
  {
    what: 'a run may claim steps that were not announced',
    file: 'lib/ledger/run.ts',
    from: 'reached > this.announced)\n      throw',
    to: 'reached > plannedSteps(this.#event))\n      throw',
    seenBy: ['tests/unit/ledger/ledger.test.ts', 'tests/unit/ledger/rules.test.ts'],
  },
];
