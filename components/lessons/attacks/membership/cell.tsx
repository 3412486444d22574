'use client';

import { useMemo, useState } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import earlier from '@/components/embed/recorded-runs/membership.json';
import { EpsilonRiskField } from '@/components/label/epsilon-risk-field';
import { Refused, withNoise } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Price } from '@/components/training/private-run';
import { Columns } from '@/components/ui/columns';
import { percent, shortPercent } from '@/components/ui/format';
import { Scrollable } from '@/components/ui/scrollable';
import { ATTACK_ACCOUNT, ATTACK_DELTA, attackPhases } from '../account';
import type {
  AttackFigures,
  LimitPoint,
  MembershipParams,
  MembershipResult,
  ModelUnderAttack,
} from '../experiments/membership';
import { membershipParameters } from './parameters';

const tick = (share: number) => shortPercent(share, 2);
type Attack = 'ratio' | 'loss';
const ATTACKS: readonly { id: Attack; label: string }[] = [
  { id: 'ratio', label: 'likelihood ratio' },
  { id: 'loss', label: 'loss threshold' },
];
/** Where a logarithmic axis begins: one in a thousand. */
const LEAST = 1e-3;

const points = (roc: AttackFigures['roc']) =>
  roc
    .map(({ falsePositiveRate: x, truePositiveRate: y }) => ({ x, y }))
    .filter(({ x, y }) => x >= LEAST && y >= LEAST);

const limit = (bound: readonly LimitPoint[]) =>
  bound
    .map(({ falsePositiveRate: x, truePositiveRate: y, low, high }) => ({
      ...{ x, y, high },
      low: Math.max(low, LEAST),
    }))
    .filter(({ x, y }) => x >= LEAST && y >= LEAST);

/** In whole people: a crowd of whom one in ten took part, and an attacker who accuses one in a hundred wrongly. */
function Accused({ result, plain, dp, attack }: Attacked & { attack: Attack }) {
  const wrong = 9;
  const of = (share: number) => Math.round(100 * share);
  const sentence = (right: number) => `${right} of the ${right + wrong} whom they accuse`;
  return (
    <p className="text-sm" data-natural-frequencies>
      Take 1,000 people, of whom 100 were members. An attacker who is wrong about one in a hundred of the
      others accuses {wrong} of these 900. Asking the plain model they also find {of(plain[attack].tpr)} of
      the 100 members, so they are right about {sentence(of(plain[attack].tpr))}. Asking the private one they
      find {of(dp[attack].tpr)}: right about {sentence(of(dp[attack].tpr))}. No attack on it finds more than{' '}
      {Math.ceil(100 * result.boundTpr - 1e-9)} of 100 on average.
    </p>
  );
}

interface Attacked {
  result: MembershipResult;
  plain: ModelUnderAttack;
  dp: ModelUnderAttack;
}

function Rows({ name, model, attack }: { name: string; model: ModelUnderAttack; attack: Attack }) {
  const { auc, advantage, tpr, tprLow, tprHigh } = model[attack];
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 text-left font-medium">
        {name}
      </th>
      <td className="px-2" data-figure={`${name} AUC ${attack}`}>
        {auc.toFixed(3)}
      </td>
      <td className="px-2">{percent(advantage)}</td>
      <td className="px-2" data-figure={`${name} TPR ${attack}`}>
        {percent(tpr)}{' '}
        <span className="text-secondary">
          ({percent(tprLow)} to {percent(tprHigh)})
        </span>
      </td>
    </tr>
  );
}

function AttackTable({ result, plain, dp }: Attacked) {
  return (
    <Scrollable label="Attacks in numbers">
      <table className="w-full min-w-[30rem] text-sm tabular-nums">
        <thead className="text-left text-secondary">
          <tr>
            <Columns
              names={['Model, attack', 'AUC', 'Advantage', 'TPR at 1 % FPR (95 % interval)']}
              className="px-2 font-normal first:py-1.5 first:pr-3 first:pl-0"
            />
          </tr>
        </thead>
        <tbody>
          {ATTACKS.flatMap(({ id, label }) => [
            <Rows key={`plain ${id}`} name={`Plain, ${label}`} model={plain} attack={id} />,
            <Rows key={`private ${id}`} name={`Private, ${label}`} model={dp} attack={id} />,
          ])}
          <tr className="border-t border-line-strong">
            <th scope="row" className="py-1.5 pr-3 text-left font-medium">
              Proven limit of the private one
            </th>
            <td className="px-2">{result.boundAuc.toFixed(3)}</td>
            <td className="px-2">{percent(result.boundAdvantage)}</td>
            <td className="px-2" data-figure="bound TPR">
              {percent(result.boundTpr)}
            </td>
          </tr>
        </tbody>
      </table>
    </Scrollable>
  );
}

/** Membership inference on a plain and a private model, side by side. */
export function MembershipCell() {
  const { values, set, panel } = useParameters(membershipParameters);
  const { epsilon, members, shadows, noiseSource, seed } = values;
  const handle = useExperiment<MembershipParams, never, MembershipResult>({
    cellId: 'membership',
    experimentId: 'attack-membership',
    params: { epsilon, members, shadows, noiseSource, seed },
  });
  const { result, ranWith } = handle;
  const [shown, setShown] = useState<Attack>('ratio');
  const series = useMemo(
    () =>
      result?.plain && result.private
        ? [
            line('plain', 'Plain', 'plain', points(result.plain[shown].roc)),
            line('private', 'Private', 'private', points(result.private[shown].roc)),
            line('bound', 'Proven limit of the private one', 'attacker', limit(result.bound)),
          ]
        : [],
    [result, shown],
  );
  const phases = useMemo(() => attackPhases(epsilon), [epsilon]);

  return (
    <Cell
      intro="Two models learn the same few digits. Then an attacker, who may ask each model how sure it is of any digit, says of every digit whether it was a member."
      handle={handle}
      controls={
        <>
          <ParameterPanel
            {...panel}
            only={
              noiseSource === 'seeded'
                ? ['epsilon', 'members', 'shadows', 'noiseSource', 'seed']
                : ['epsilon', 'members', 'shadows', 'noiseSource']
            }
          />
          <EpsilonRiskField
            release="gaussian"
            parameter={membershipParameters.declarations.epsilon}
            events={phases[0]!.perStep}
            {...{ delta: ATTACK_DELTA, unit: 'digit' }}
            onEpsilon={(found) => set('epsilon', found)}
          />
          <Price noise={noiseSource} account={ATTACK_ACCOUNT} phases={phases}>
            The plain model is written into the ledger as a run without noise. Shadow models learn public
            digits and cost nobody anything.
          </Price>
        </>
      }
      stage={
        result?.plain && result.private && ranWith ? (
          <>
            <fieldset className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
              <legend className="mb-1 font-medium">Attack shown</legend>
              {ATTACKS.map(({ id, label }) => (
                <label key={id} className="flex min-h-6 items-center gap-2">
                  <input
                    type="radio"
                    name="attack-shown"
                    checked={shown === id}
                    onChange={() => setShown(id)}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
            <LineFigure
              title="Members found against false alarms"
              summary={`At 1 % false alarms the attack finds ${percent(result.plain[shown].tpr)} of the plain model’s members and ${percent(result.private[shown].tpr)} of the private model’s, where at most ${percent(result.boundTpr)} is possible.`}
              caption={`Both axes are logarithmic, so that the left end shows how many members are found almost surely. Of ${ranWith.members} members and 2,000 others. The dotted line is proven for any attack on the private model at ε = ${ranWith.epsilon}; the measured line scatters around its true place, most where it stands for a handful of digits. The band shows where the measured line of a perfect attack on ${ranWith.members} members lies in 95 of 100 runs.`}
              series={series}
              x={{ label: 'false alarms (FPR)', scale: 'log', min: LEAST, max: 1, format: tick }}
              y={{ label: 'members found (TPR)', scale: 'log', min: LEAST, max: 1, format: tick }}
              references={[{ axis: 'x', value: 0.01, label: '1 %' }]}
              showLatest={false}
              height={300}
            />
          </>
        ) : (
          <EmptyStage earlier={earlier} press="Run">
            two models are attacked, and dozens of shadow models trained for it. Some seconds; the first time
            2 MB of digits are loaded.
          </EmptyStage>
        )
      }
    >
      {result?.plain && result.private && ranWith ? (
        <>
          <Accused result={result} plain={result.plain} dp={result.private} attack={shown} />
          <AttackTable result={result} plain={result.plain} dp={result.private} />
          {result.shadowSeconds !== null ? (
            <p className="text-sm text-secondary" data-shadow-cost>
              The likelihood ratio cost the attacker {2 * ranWith.shadows} more trainings,{' '}
              {result.shadowSeconds.toFixed(1)} s here; the loss threshold none. Carlini et al. (2022) train
              up to 256 shadow models for one network. With fewer, a few members are missed.
            </p>
          ) : null}
          <p className="text-sm text-secondary">
            Digits read rightly: plain {percent(result.plain.trainAccuracy)} of the members and{' '}
            {percent(result.plain.testAccuracy)} of others; private {percent(result.private.trainAccuracy)}{' '}
            and {percent(result.private.testAccuracy)}. Mean loss: plain {result.plain.trainLoss.toFixed(3)}{' '}
            on members, {result.plain.testLoss.toFixed(2)} on others; private{' '}
            {result.private.trainLoss.toFixed(2)} and {result.private.testLoss.toFixed(2)} nats. The intervals
            take the {ranWith.members} members for independent trials and the threshold as given; the
            advantage is the largest over all thresholds, which by chance alone is a few points above 0.
          </p>
        </>
      ) : null}
      <Refused handle={handle} onMoreNoise={(factor) => set('epsilon', withNoise(epsilon, factor))} />
    </Cell>
  );
}
