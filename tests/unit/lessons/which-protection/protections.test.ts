/** The table of threats, the cases, the glossary and what is kept of progress: complete, and read without trust. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CELLS, findCell, LESSONS } from '@/components/lessons/cells';
import { readChoices, SCENARIOS, writeChoices } from '@/components/lessons/which-protection/cases';
import { scenarios } from '@/components/lessons/which-protection/experiments/scenarios';
import { threatGame } from '@/components/lessons/which-protection/experiments/threat-game';
import { threatMatrix } from '@/components/lessons/which-protection/experiments/threat-matrix';
import {
  bestOutcome,
  idle,
  isWon,
  NO_ROUNDS,
  outcomeOf,
  readRounds,
  writeRounds,
} from '@/components/lessons/which-protection/game';
import {
  CONTROLS,
  NO_ANSWERS,
  PAIRS,
  readAnswers,
  THREATS,
  verdictAt,
  writeAnswers,
} from '@/components/lessons/which-protection/threats';
import { FORMER_KEYS, GLOSSARY, glossaryKey } from '@/lib/notebook/glossary';
import { findTerms } from '@/lib/notebook/glossary-search';
import { NO_PROGRESS, questionKey, readProgress, withDeed, writeProgress } from '@/lib/notebook/progress';
import { run } from '@/tests/harness/experiment';

describe('threats and controls', () => {
  test('every pair has a verdict, a reason and a counter-example, and each is said once', () => {
    expect(PAIRS).toHaveLength(THREATS.length * CONTROLS.length);
    const said = PAIRS.flatMap((_, i) => {
      const { reason, counterExample } = verdictAt(i);
      expect(reason.length).toBeGreaterThan(20);
      expect(counterExample.length).toBeGreaterThan(20);
      return [reason, counterExample];
    });
    expect(new Set(said).size).toBe(said.length);
  });

  test('every control is the answer to something and to nothing else, and what they show exists', () => {
    for (const { id } of CONTROLS) {
      const verdicts = THREATS.map((threat) => threat.judgements[id].verdict);
      if (id !== 'federated') expect(verdicts).toContain('yes');
      expect(verdicts).toContain('no');
    }
    for (const [i] of PAIRS.entries()) {
      const { live } = verdictAt(i);
      if (live) expect(findCell(live.lesson, live.cell), `${live.lesson}/${live.cell}`).toBeDefined();
    }
    for (const { lesson } of CELLS) expect(LESSONS.map(({ slug }) => slug)).toContain(lesson);
  });

  test('answers go into a link and back; nonsense is no answer', async () => {
    const answers = PAIRS.map((_, i) => (i % 4 === 3 ? null : (['yes', 'partly', 'no'] as const)[i % 3]!));
    expect(readAnswers(writeAnswers(answers))).toEqual(answers);
    expect(readAnswers('xyz')).toEqual(PAIRS.map((_, i) => (i === 1 ? 'yes' : null)));
    const truth = writeAnswers(PAIRS.map((_, i) => verdictAt(i).verdict));
    expect(await run(threatMatrix, { answers: truth })).toMatchObject({ score: 45, answered: 45, of: 45 });
    expect(await run(threatMatrix, { answers: NO_ANSWERS })).toMatchObject({ score: 0, answered: 0 });
    const wrong = `${truth[0] === 'y' ? 'n' : 'y'}${truth[1]}`;
    expect(await run(threatMatrix, { answers: wrong })).toMatchObject({ score: 1, answered: 2 });
  });
});

describe('the game', () => {
  const all = CONTROLS.map(({ id }) => id);
  const threat = (id: string) => THREATS.find((one) => one.id === id)!;

  test('one shield made for the attack stops it, whatever else is worn', () => {
    expect(outcomeOf(threat('theft'), [])).toBe('passed');
    expect(outcomeOf(threat('theft'), ['dp'])).toBe('passed');
    expect(outcomeOf(threat('theft'), ['governance'])).toBe('held back');
    expect(outcomeOf(threat('theft'), ['dp', 'security'])).toBe('stopped');
    // Held back from several sides is still held back.
    expect(outcomeOf(threat('server'), ['governance', 'security', 'federated'])).toBe('held back');
  });

  test('more shields never do less', () => {
    const strength = ['passed', 'held back', 'stopped'];
    for (const one of THREATS)
      for (let bits = 0; bits < 32; bits++) {
        const worn = all.filter((_, place) => bits & (1 << place));
        for (const more of all) {
          const after = outcomeOf(one, [...new Set([...worn, more])]);
          expect(strength.indexOf(after)).toBeGreaterThanOrEqual(strength.indexOf(outcomeOf(one, worn)));
        }
      }
  });

  test('every round can be won, and never with all shields or with none', () => {
    for (const one of THREATS) {
      const useful = all.filter((id) => one.judgements[id].verdict !== 'no');
      expect(isWon(one, useful), one.id).toBe(true);
      expect(isWon(one, []), one.id).toBe(false);
      expect(isWon(one, all), one.id).toBe(idle(one, all).length === 0);
    }
    expect(THREATS.filter((one) => isWon(one, all)).length).toBeLessThan(THREATS.length / 2);
    expect(THREATS.filter((one) => bestOutcome(one) !== 'stopped').map(({ id }) => id)).toEqual([
      'inference',
      'poison',
    ]);
    // A shield that only makes it harder does not win where another would stop it.
    expect(isWon(threat('theft'), ['governance'])).toBe(false);
    expect(isWon(threat('inference'), ['governance'])).toBe(true);
  });

  test('rounds go into a link and back; nonsense is a round to come', async () => {
    const rounds = THREATS.map((_, i) =>
      i % 3 === 2 ? null : all.filter((_, place) => (i + 7) & (1 << place)),
    );
    expect(readRounds(writeRounds(rounds))).toEqual(rounds);
    expect(readRounds('w!')).toEqual(THREATS.map(() => null));
    expect(readRounds('v0')[0]).toEqual(all);
    expect(readRounds('v0')[1]).toEqual([]);
    expect(await run(threatGame, { rounds: NO_ROUNDS })).toEqual({ won: 0, played: 0, of: 9 });
    expect(await run(threatGame, { rounds: '2v' })).toEqual({ won: 1, played: 2, of: 9 });
  });
});

test('every case has one right option and a reason for each; scores count', async () => {
  for (const { options } of SCENARIOS) {
    expect(options.filter(({ correct }) => correct)).toHaveLength(1);
    for (const { reason } of options) expect(reason.length).toBeGreaterThan(20);
  }
  const right = SCENARIOS.map(({ options }) => options.findIndex(({ correct }) => correct));
  // A learner cannot do well by always choosing the same place.
  for (let place = 0; place < 3; place++)
    expect(right.filter((at) => at === place).length).toBeLessThanOrEqual(SCENARIOS.length / 2);
  expect(readChoices(writeChoices(right))).toEqual(right);
  expect(readChoices('9x0')).toEqual(SCENARIOS.map((_, i) => (i === 2 ? 0 : null)));
  expect(await run(scenarios, { answers: writeChoices(right) })).toMatchObject({ score: 8, answered: 8 });
});

describe('the glossary', () => {
  const all = Object.entries(GLOSSARY).map(([id, entry]) => ({ id, ...entry }));
  const found = (wanted: string) => findTerms(all, wanted).map(({ id }) => id);

  test('names every word once, and says each in whole sentences', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { id, text } of all) {
      expect(text, id).toMatch(/[.)]$/);
      expect(id).toMatch(/^[a-z][a-z-]*$/);
    }
  });

  test('finds a word by a key that it had before, and nothing by one that never was', () => {
    expect(glossaryKey('epsilon')).toBe('epsilon');
    for (const [former, key] of Object.entries(FORMER_KEYS)) {
      expect(Object.hasOwn(GLOSSARY, former)).toBe(false);
      expect(glossaryKey(former)).toBe(key);
    }
    expect(glossaryKey('constructor')).toBeNull();
  });

  test('has every word that a page explains or links to', () => {
    const files = ['app', 'components', 'lib'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(mdx|tsx?)$/.test(path))
        .map((path) => readFileSync(`${folder}/${path}`, 'utf8')),
    );
    const named = (pattern: RegExp) =>
      files.flatMap((file) => [...file.matchAll(pattern)].map(([, id]) => id!));
    // Code that reads such tags has a pattern in their place.
    const terms = named(/<Term id="([\w-]*)"/g);
    expect(terms.length).toBeGreaterThan(40);
    expect(terms.filter((id) => !Object.hasOwn(GLOSSARY, id))).toEqual([]);
    expect(named(/glossary\/#([\w-]+)/g).filter((id) => glossaryKey(id) === null)).toEqual([]);
  });

  test('says each thing once, and knows the words of a site about YOLO', () => {
    const texts = all.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    for (const word of ['YOLO', 'detection', 'mAP', 'confidence', 'IoU', 'NMS'])
      expect(found(word), word).not.toEqual([]);
    expect(found('yolo')[0]).toBe('yolo');
    expect(found('map50')[0]).toBe('mean-average-precision');
    // What one name meant once stays one entry, under both addresses.
    expect(glossaryKey('map')).toBe('mean-average-precision');
    expect(glossaryKey('client-level')).toBe('client-level-dp');
  });

  test('is searched by parts, with Greek letters spelt out, names before texts', () => {
    expect(found('')).toHaveLength(all.length);
    expect(found('EPSILON')[0]).toBe('epsilon');
    expect(found('ε')[0]).toBe('epsilon');
    expect(found('secure agg')).toEqual(['secure-aggregation']);
    expect(found('canary')[0]).toBe('canary');
    expect(found('zzz')).toEqual([]);
  });
});

describe('progress', () => {
  test('is kept by deed, once each, and comes back as it was', () => {
    let progress = withDeed(NO_PROGRESS, 'telemetry', { kind: 'opened' });
    progress = withDeed(progress, 'telemetry', { kind: 'cell', id: 'population' });
    const once = withDeed(progress, 'telemetry', { kind: 'question', id: questionKey('Why?') });
    expect(withDeed(once, 'telemetry', { kind: 'question', id: questionKey('Why?') })).toBe(once);
    expect(withDeed(once, 'telemetry', { kind: 'opened' })).toBe(once);
    expect(readProgress(writeProgress(once))).toEqual({
      telemetry: { questions: [questionKey('Why?')], cells: ['population'] },
    });
    expect(questionKey('Why?')).not.toBe(questionKey('Why not?'));
  });

  test('survives nonsense in the storage', () => {
    for (const stored of [
      null,
      '',
      'nonsense',
      'null',
      '[]',
      '{"version":2,"lessons":{"a":{}}}',
      '{"version":1}',
    ])
      expect(readProgress(stored)).toEqual({});
    expect(readProgress('{"version":1,"lessons":{"a":{"cells":[1,"x","x"],"questions":7},"b":3}}')).toEqual({
      a: { cells: ['x'], questions: [] },
    });
  });
});
