/** Deployments on the sliders, secrets in texts, and people who were deleted. */
import { describe, expect, test } from 'vitest';
import { deletedParameters } from '@/components/lessons/which-protection/deleted/parameters';
import { deploymentParameters } from '@/components/lessons/which-protection/deployments/parameters';
import {
  deltaWords,
  epsilonWords,
  ofAThousand,
  sliderLinks,
} from '@/components/lessons/which-protection/deployments/words';
import { deletion } from '@/components/lessons/which-protection/experiments/deletion';
import { realDeployments } from '@/components/lessons/which-protection/experiments/real-deployments';
import { repeatedSecret } from '@/components/lessons/which-protection/experiments/repeated-secret';
import { DEPLOYMENTS, findDeployment } from '@/lib/claims';
import { readLink } from '@/lib/notebook/link';
import type { Declarations } from '@/lib/notebook/parameters';
import { differencingRight } from '@/lib/privacy';
import { run } from '@/tests/harness/experiment';
import { lessonParameters } from '../parameters';

const declarationsOf = async (slug: string): Promise<Declarations> =>
  Object.assign({}, ...(await lessonParameters(slug)).map(({ declarations }) => declarations));

describe('deployments', () => {
  test('the one that is opened first exists, and every one has figures or none', async () => {
    const { deploymentPicked: picked } = deploymentParameters.defaults;
    expect(findDeployment(picked)).toBeDefined();
    const { figures, picked: looked } = await run(realDeployments, { picked });
    expect(looked).toEqual(figures[picked]);
    expect(Object.keys(figures)).toEqual(DEPLOYMENTS.map(({ id }) => id));
    expect(figures['uber-flex']).toBeNull();
    expect((await run(realDeployments, { picked: 'nobody' })).picked).toBeNull();
  });

  test('its links are read by the sliders without a note, at the same ε', async () => {
    const { figures } = await run(realDeployments, { picked: '' });
    const lessons = {
      mechanism: [await declarationsOf('what-dp-promises'), 'promiseEpsilon', 'promiseDelta'],
      training: [await declarationsOf('training-with-dp-sgd'), 'epsilon', 'delta'],
    } as const;
    for (const [id, one] of Object.entries(figures)) {
      if (one === null) continue;
      const links = sliderLinks(one);
      for (const way of ['mechanism', 'training'] as const) {
        const [declarations, epsilon, delta] = lessons[way];
        const { values, notes, unknown } = readLink(links[way].slice(links[way].indexOf('#')), declarations);
        expect(notes, id).toEqual([]);
        expect(unknown, id).toEqual([]);
        expect(Number(values[epsilon]) / one.epsilon, id).toBeCloseTo(1, 3);
        if (one.delta >= 1e-8) expect(values[delta], id).toBe(one.delta);
        else if (one.delta > 0) {
          expect(values[delta], id).toBe(1e-8);
          expect(links.note, id).toContain('no δ below');
        }
      }
    }
  });

  test('published numbers are shown digit for digit, others rounded up', async () => {
    const { figures } = await run(realDeployments, { picked: '' });
    expect(epsilonWords(figures['census-redistricting']!)).toBe('17.14');
    expect(epsilonWords(figures['microsoft-telemetry']!)).toBe('1.672');
    expect(epsilonWords(figures['census-detailed-dhc-a']!)).toMatch(/^≈ /);
    expect(epsilonWords(null)).toBe('–');
    expect(deltaWords(figures['apple-emoji']!)).toBe('0');
    expect(deltaWords(figures['google-trips']!)).toBe('2.1e−29');
    expect([ofAThousand(0.0301), ofAThousand(0.03), ofAThousand(1)]).toEqual(['31', '30', '1,000']);
  });
});

describe('a secret in training texts', () => {
  test('the bound grows by e^ε a copy, stays above the mechanism that reaches it, and below certainty', async () => {
    const params = { epsilon: 1, delta: 0, digits: 6, records: 20 };
    const { points, blind, exposedAt } = await run(repeatedSecret, params);
    expect(blind).toBe(1e-6);
    expect(points[0]!.atMost).toBeCloseTo(Math.E * 1e-6, 12);
    expect(points[3]!.atMost / points[2]!.atMost).toBeCloseTo(Math.E, 9);
    for (const { atMost, reached } of points) expect(reached).toBeLessThanOrEqual(atMost * (1 + 1e-12));
    // 10⁶ / 2 is passed between e^13 and e^14.
    expect(exposedAt).toBe(14);
    expect(points.at(-1)!.atMost).toBe(1);
  });

  test('one mechanism comes close, so the bound is no idle one', async () => {
    const { points } = await run(repeatedSecret, { epsilon: 3, delta: 0, digits: 9, records: 5 });
    for (const { atMost, reached } of points) expect(reached / atMost).toBeGreaterThan(0.9);
  });
});

describe('deleted', () => {
  test('the closed form is what games with fresh noise come to', async () => {
    for (const epsilon of [0.2, 1, 4]) {
      const { right, measured, games } = await run(deletion, { epsilon, seed: 3 });
      expect(right).toBe(differencingRight(epsilon));
      // Four standard errors.
      expect(Math.abs(measured - right)).toBeLessThan(4 * Math.sqrt(0.25 / games));
    }
  });

  test('no guess is better than ε allows, exact counts give it away', async () => {
    const { points, exact } = await run(deletion, {
      epsilon: deletedParameters.defaults.deletedEpsilon,
      seed: deletedParameters.defaults.deletedSeed,
    });
    expect(exact.before - exact.after).toBe(1);
    for (const { right, atMost } of points) {
      expect(right).toBeGreaterThan(0.5);
      expect(right).toBeLessThan(atMost);
    }
  });
});
