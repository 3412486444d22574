import Link from 'next/link';
import { TurnedExample } from '@/components/label/turned-example';
import { Facts } from '@/components/notebook/facts';
import { type Deployment, notComparableBecause } from '@/lib/claims';
import { STATED } from '@/lib/runs/label';
import type { DeploymentFigures } from '../experiments/real-deployments';
import { CHECKED_WORDS, deltaWords, epsilonWords, nameOf, ofAThousand, sliderLinks } from './words';

const LINK = 'text-accent underline underline-offset-2';

function Odds({ deployment, figures }: { deployment: Deployment; figures: NonNullable<DeploymentFigures> }) {
  const { mechanism, training, note } = sliderLinks(figures);
  return (
    <>
      <Facts
        columns="2 or 4"
        facts={[
          {
            name: 'ε',
            value: epsilonWords(figures),
            note: figures.converted ? 'worked out here from ρ' : null,
          },
          { name: 'δ', value: deltaWords(figures) },
          {
            name: 'Picked out of 1,000',
            value: ofAThousand(figures.caught),
            note: 'at most, while of 1,000 others 10 are accused wrongly',
          },
          {
            name: 'Right guesses of 1,000',
            value: ofAThousand(figures.rightGuesses),
            note: 'at most: did this one take part? A coin has 500',
          },
        ]}
      />
      <TurnedExample
        events={[{ kind: 'approximate', epsilon: figures.epsilon, delta: figures.delta, count: 1 }]}
        epsilon={figures.epsilon}
        delta={figures.delta}
        unit={unitOf(deployment)}
        {...practiceOf(deployment)}
        data={`${deployment.released}. Protected: ${deployment.unit}`}
      />
      <p className="text-sm text-secondary">
        These odds follow from ε and δ alone, for the best attacker there can be. The mechanism that was used
        may give less away.
      </p>
      <p className="flex flex-wrap gap-x-5 gap-y-1">
        <Link href={mechanism} className={LINK}>
          One answer at this ε
        </Link>
        <Link href={training} className={LINK}>
          A training at this ε
        </Link>
      </p>
      {note ? <p className="text-sm text-secondary">{note}</p> : null}
    </>
  );
}

/** In one word, as a label takes it; in full it stands beside the data. */
const unitOf = ({ protects }: Deployment) => (protects === 'unclear' ? 'unit' : protects);

/** Who adds the noise, and how neighbours differ, as far as it was published. */
const practiceOf = ({ model, changed = false }: Deployment) =>
  model === 'local' || changed
    ? { relation: 'replace-one' as const, practice: model === 'local' ? {} : { ...STATED, model } }
    : { practice: { model } };

/** Everything that is known of one deployment. */
export function Detail({ deployment, figures }: { deployment: Deployment; figures: DeploymentFigures }) {
  const { released, unit, missing, caveat, source, checked } = deployment;
  const reasons = notComparableBecause(deployment);
  return (
    <section
      aria-label={nameOf(deployment)}
      data-deployment={deployment.id}
      className="grid gap-3 rounded-control border border-line-strong bg-ground px-4 py-3"
    >
      <h3 className="font-semibold leading-snug">
        {nameOf(deployment)}: {released}
      </h3>
      <p>
        <strong>Protects:</strong> {unit}.
      </p>
      {missing ? <p>{missing}</p> : null}
      {figures === null ? (
        <p>So there are no odds to show.</p>
      ) : (
        <Odds deployment={deployment} figures={figures} />
      )}
      {reasons.length > 0 || caveat ? (
        <div>
          <p className="font-medium">
            {reasons.length > 0
              ? 'Not comparable with an ε for a person, once and for all, because'
              : 'Before you compare:'}
          </p>
          <ul className="list-disc pl-5">
            {reasons.map((reason) => (
              <li key={reason}>{reason}.</li>
            ))}
            {caveat ? <li>{caveat}</li> : null}
          </ul>
        </div>
      ) : null}
      <p className="text-sm text-secondary">
        Source:{' '}
        <a href={source.url} rel="noreferrer" className={LINK}>
          {source.title}
        </a>
        , {CHECKED_WORDS[checked]}.
      </p>
    </section>
  );
}
