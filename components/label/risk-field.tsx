'use client';

/** A private training set by its odds: the least noise that keeps to them is looked for. ε follows the noise, as ever. */
import { useMemo } from 'react';
import type { RiskQuestion } from '@/lib/privacy';
import type { NoiseOfRisk } from '@/lib/runs/odds';
import type { PoissonRun } from '@/lib/runs/phases';
import { RiskInput } from './risk-input';

interface RiskFieldProps {
  /** As the sliders stand. */
  run: PoissonRun;
  delta: number;
  /** The noise multipliers that the slider has. */
  range: { min: number; max: number; key?: string };
  /** What stands for one of those who take part. */
  unit: string;
  onNoise(noiseMultiplier: number): void;
}

async function noiseFor(question: RiskQuestion): Promise<NoiseOfRisk> {
  const { noiseElsewhere } = await import('@/components/training/account-elsewhere');
  return (await noiseElsewhere(question)) ?? (await import('@/lib/runs/odds')).noiseOfRisk(question);
}

export function RiskField({ run, delta, range, unit, onNoise }: RiskFieldProps) {
  const { sampleRate, noiseMultiplier, steps } = run;
  const events = useMemo(
    () => [{ kind: 'poisson-gaussian' as const, sampleRate, noiseMultiplier, steps }],
    [sampleRate, noiseMultiplier, steps],
  );
  return (
    <RiskInput
      {...{ events, unit }}
      // ε follows σ, wherever it is called so.
      moves={['eps', range.key]}
      looking="Looking for the noise …"
      around={`${sampleRate} ${steps} ${delta}`}
      onAsk={async ({ atMost, ...risk }) => {
        // Numbers alone travel to a worker: a slider's declaration has functions too.
        const { min, max } = range;
        const { found } = await noiseFor({ sampleRate, steps, delta, risk, range: { min, max } });
        onNoise(found?.noiseMultiplier ?? max);
        if (found === null) return `Not even the most noise that σ has here, ${max}, keeps to ${atMost}.`;
        return found.noiseMultiplier === min
          ? `The least noise that σ has here, ${min}, keeps to ${atMost} already.`
          : '';
      }}
    />
  );
}
