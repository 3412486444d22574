import type { DeploymentOrder, Listing } from '@/lib/claims';
import { choice, defineParameters, text } from '@/lib/notebook';

/** Which real deployments are listed, in which order, and the one that is looked at. */
export const deploymentParameters = defineParameters({
  deploymentOrder: choice<DeploymentOrder>({
    label: 'Order',
    key: 'dorder',
    help: 'In which order they are listed.',
    options: [
      { value: 'epsilon', label: 'Smallest ε first' },
      { value: 'year', label: 'Latest first' },
      { value: 'organisation', label: 'By organisation' },
    ],
    default: 'epsilon',
  }),
  deploymentModel: choice<Listing['model']>({
    label: 'Who adds the noise',
    key: 'dmodel',
    help: 'Central: whoever holds all the data. Local: each device, before it sends anything. Federated: a server, to the sum of what devices computed.',
    options: [
      { value: 'any', label: 'Anybody' },
      { value: 'central', label: 'Central: the holder of the data' },
      { value: 'local', label: 'Local: each device' },
      { value: 'federated', label: 'Federated: a server, to sums' },
    ],
    default: 'any',
  }),
  deploymentUnit: choice<Listing['unit']>({
    label: 'Whom ε protects',
    key: 'dunit',
    help: 'Many promises are for one day, one report or one record of a person, and the next one adds to it.',
    options: [
      { value: 'any', label: 'Any' },
      { value: 'whole', label: 'A person, once and for all' },
      { value: 'less', label: 'Less than that' },
    ],
    default: 'any',
  }),
  deploymentWords: text({
    label: 'Find',
    key: 'dfind',
    help: 'Words that occur in the name, the year or the description.',
    maxLength: 60,
    default: '',
  }),
  deploymentPicked: text({
    label: 'Looked at',
    key: 'dpick',
    help: 'The deployment that is opened.',
    maxLength: 40,
    default: 'census-redistricting',
  }),
});
