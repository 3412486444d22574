'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, plural, short } from '@/components/ui/format';
import type { RepeatedSecretParams, RepeatedSecretResult } from '../experiments/repeated-secret';
import { secretParameters } from './parameters';

function verdict({ points, blind, exposedAt }: RepeatedSecretResult): string {
  const first = points[0]!;
  const one = `In one record it is named at the first try with a probability of at most ${short(first.atMost)}, where a blind guess has ${short(blind)}.`;
  return exposedAt === null
    ? `${one} Up to ${plural(points.length, 'record')} nothing more than an even chance is allowed.`
    : exposedAt === 1
      ? `${one} That promise is too weak to keep it.`
      : `${one} From ${count(exposedAt)} records on, the promise no longer keeps it from being named more often than not.`;
}

/** A secret in a model's training data, and what copies of it do to the promise. */
export function SecretCell() {
  const { values, panel, resetAll } = useParameters(secretParameters);
  const handle = useExperiment<RepeatedSecretParams, null, RepeatedSecretResult>({
    cellId: 'secret',
    experimentId: 'repeated-secret',
    mode: 'reactive',
    params: {
      epsilon: values.secretEpsilon,
      delta: values.secretDelta,
      digits: values.secretDigits,
      records: values.secretRecords,
    },
  });
  const { result } = handle;
  const series = useMemo(() => {
    const points = result?.points ?? [];
    return [
      line(
        'most',
        'No such model allows more',
        'private',
        points.map(({ records: x, atMost: y }) => ({ x, y })),
      ),
      line(
        'reached',
        'One mechanism at δ = 0 allows this',
        'attacker',
        points.map(({ records: x, reached: y }) => ({ x, y })),
      ),
      line(
        'blind',
        'A blind guess',
        'plain',
        points.map(({ records: x }) => ({ x, y: result?.blind ?? null })),
      ),
    ];
  }, [result]);

  return (
    <Cell
      intro="A random number stands in the texts that a model is trained on. How likely can anybody name it at the first try, by how often it was copied?"
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TurnedExample
            events={[
              { kind: 'approximate', epsilon: values.secretEpsilon, delta: values.secretDelta, count: 1 },
            ]}
            epsilon={values.secretEpsilon}
            delta={values.secretDelta}
            unit="record"
            data="Made-up texts"
          />
        </>
      }
      stage={
        result === null ? null : (
          <LineFigure
            title="Named at the first try"
            summary={verdict(result)}
            caption="Whatever the model, however it is asked: this follows from ε and δ."
            series={series}
            x={{ label: 'records that hold the secret', whole: true, min: 1 }}
            y={{ label: 'probability', scale: 'log', format: (value) => short(value, 2) }}
            height={300}
            showLatest={false}
          />
        )
      }
    >
      {result === null ? null : (
        <p role="status" data-verdict>
          {verdict(result)}
        </p>
      )}
    </Cell>
  );
}
