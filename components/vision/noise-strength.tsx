'use client';

import { useMemo } from 'react';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { ParameterSlider } from '@/components/notebook/parameter-controls';
import { useSettings } from '@/components/notebook/settings-of-cell';
import { useSharing } from '@/components/notebook/use-sharing';
import type { NoiseInfo } from '@/lib/detection/noise/kinds';
import { noiseStrength } from '@/lib/detection/noise/strength';
import { linkKey, type NumberParameter, number } from '@/lib/notebook';

export interface NoiseStrengthProps {
  kind: NoiseInfo;
  /** 0 … 1, as the link has it. */
  scale: number;
  /** The declaration of the scale: its key decides whether an embed hides it. */
  name: string;
  parameter: NumberParameter;
  picture: { width: number; height: number };
  onChange(scale: number): void;
}

/** The strength of the noise, in the unit of its kind. */
export function NoiseStrengthSlider({
  kind: { kind, scale: help },
  scale,
  name,
  parameter,
  picture: { width, height },
  onChange,
}: NoiseStrengthProps) {
  const { hiddenKeys } = useNotebook();
  const { moves } = useSettings([name]);
  const sharing = useSharing(name, parameter, scale);
  const strength = useMemo(() => noiseStrength(kind, { width, height }), [kind, width, height]);
  const shown = useMemo(() => {
    const { label, unit, min, max, step, integer } = strength;
    const facts = { label, help, min, max, step, integer, scale: 'linear' as const, default: min };
    return number(unit === undefined ? facts : { ...facts, unit });
  }, [strength, help]);
  if (hiddenKeys.has(linkKey(name, parameter))) return null;
  return (
    <ParameterSlider
      parameter={shown}
      value={strength.fromScale(scale)}
      onChange={(value) => {
        onChange(strength.toScale(Number(value)));
        moves(name);
      }}
      {...sharing}
    />
  );
}
