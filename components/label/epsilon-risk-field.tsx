'use client';

/** An ε set by its odds, where one mechanism releases something at that ε. */
import type { Relation } from '@/lib/ledger';
import type { NumberParameter } from '@/lib/notebook';
import type { OneRelease, PrivacyEvent } from '@/lib/privacy';
import { RiskInput } from './risk-input';

export interface ByRisk {
  release: OneRelease;
  /** Of ε. */
  parameter: Pick<NumberParameter, 'min' | 'max' | 'slider' | 'key'>;
  onEpsilon(epsilon: number): void;
  /** How often it is released about the same person; of Gaussian noise only. */
  times?: number;
}

interface EpsilonRiskFieldProps extends ByRisk {
  events: readonly PrivacyEvent[];
  delta?: number;
  unit?: string;
  relation?: Relation;
}

/** To four digits, downwards: more would allow more than was written. */
function roundDown(epsilon: number): number {
  const unit = 10 ** (Math.floor(Math.log10(epsilon)) - 3);
  return Number((Math.floor(epsilon / unit + 1e-9) * unit).toPrecision(4));
}

export function EpsilonRiskField({
  release,
  parameter,
  onEpsilon,
  times = 1,
  events,
  delta = 0,
  unit = 'person',
  relation = 'add-or-remove-one',
}: EpsilonRiskFieldProps) {
  const { min, max } = parameter.slider ?? parameter;
  return (
    <RiskInput
      {...{ events, unit, relation }}
      moves={[parameter.key]}
      looking="Looking for ε …"
      around={`${release} ${delta} ${times}`}
      onAsk={async ({ atMost, ...risk }) => {
        const { epsilonKeepingRisk } = await import('@/lib/privacy');
        const most = epsilonKeepingRisk(release, risk, { delta, times });
        onEpsilon(most <= min ? min : most >= max ? max : roundDown(most));
        if (most < min) return `Not even the least ε that the slider has, ${min}, keeps to ${atMost}.`;
        return most > max ? `Even the largest ε that the slider has, ${max}, keeps to ${atMost}.` : '';
      }}
    />
  );
}
