/**
 * A label in the form of the Differential Privacy Deployments Registry, so that a run of this site can be laid beside real ones: names
 * and enumerations are those of its schema (opendp/deployments-registry-data, MIT). A record says itself that it is an exercise.
 */
import type { PrivacyLabel } from './privacy-label';
import type { TrustModel } from './trust-model';

export interface RegistryRecord {
  url_slug: string;
  deployment: {
    basic: Record<string, unknown>;
    dp_variant: Record<string, unknown>;
    privacy_loss: Record<string, unknown>;
    deployment_model: Record<string, unknown>;
    implementation: Record<string, unknown>;
    administrative: Record<string, unknown>;
  };
}

const MODEL_NAMES: Record<TrustModel, 'Central' | 'Local' | 'Federated'> = {
  central: 'Central',
  local: 'Local',
  federated: 'Federated',
};

const slugOf = (title: string) =>
  `epsilon-playground-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.replace(/-+$/, '').slice(0, 80);

/**
 * @param label of a run that some ε covers
 * @param made when there is no date in the label: the day on which the record is written
 */
export function registryRecord(label: PrivacyLabel, made: Date): RegistryRecord {
  const { protects, trust, data, delta } = label;
  const trains = label.mechanisms.some((one) => one.includes('Gaussian'));
  const isPure = !trains && label.mechanisms.every((one) => !one.includes('δ'));
  const date = (label.date ?? made.toISOString()).slice(0, 10);
  return {
    url_slug: slugOf(label.title),
    deployment: {
      basic: {
        name: label.title,
        data_curators: [
          { data_curator_name: 'A learner, with Epsilon Playground', data_curator_type: 'Nonprofit' },
        ],
        description: `An exercise in a browser, no deployment: ${label.title}, on ${data.title}. Nothing was published.`,
        intended_use: 'Learning and teaching differential privacy.',
        data_product_type: trains ? 'Machine learning model' : 'Summary statistics',
        data_product_region: 'None: teaching data',
        data_product_sector: 'Education',
        publication_date: date,
      },
      dp_variant: {
        variant_name: isPure ? 'Pure DP' : 'Approximate DP',
        data_domain: `${data.title}${data.size === null ? '' : `, ${data.size} units`}${data.hash === null ? '' : `, ${data.hash}`}`,
        unprotected_quantities: label.notCovered.join('\n'),
      },
      privacy_loss: {
        privacy_unit: protects.unit,
        privacy_unit_details: `${protects.words} Neighbouring data sets: ${protects.relation}.`,
        ...(data.size === null ? {} : { number_of_privacy_units: data.size }),
        privacy_parameters: { ...(label.epsilon === null ? {} : { epsilon: label.epsilon }), delta },
        privacy_parameters_details: label.accountant,
      },
      deployment_model: {
        model_name: MODEL_NAMES[trust.model],
        model_name_details: trust.noiseBy,
        trust_assumptions: trust.trusted,
        actors: trust.protectsFrom,
        release_type: label.runs === 1 ? 'One release' : 'Many releases',
        data_source_type: 'Static',
        access_type: 'Non-interactive',
      },
      implementation: {
        preprocessing_and_hyperparameter_tuning: label.settingsChosen,
        mechanisms: [...label.mechanisms, `Sampling. ${label.sampling}`].join('\n'),
        composition: label.composition,
      },
      administrative: {
        status: 'Draft',
        registry_authors: ['Written by Epsilon Playground from the run itself'],
        tier: 3,
      },
    },
  };
}

/** As the registry's own files are written. */
export async function registryYaml(record: RegistryRecord): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(record, { lineWidth: 0 });
}
