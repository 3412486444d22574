/**
 * Why somebody's ε is not simply more or less than another. The measure is one promise: for all that a person has in the data, once and
 * for all, with noise added by whoever holds the data.
 */
import type { Deployment } from './deployment';

const BY_PERIOD: Readonly<Record<Deployment['period'], string | null>> = {
  once: null,
  'six hours': 'it is for six hours, and every six hours more add to it',
  day: 'it is for one day, and every further day adds to it',
  month: 'it is for one month, and every further month adds to it',
  report: 'it is for one report, and every further report adds to it',
  unclear: 'it is not said for how long it holds',
};

const BY_UNIT: Readonly<Record<Deployment['protects'], string | null>> = {
  person: null,
  household: null,
  device: 'it protects a device, and a person may have several',
  establishment: 'it protects businesses, not people',
  record: 'it protects less than all that a person has in the data',
  unclear: 'it is not said whom it protects',
};

const BY_MODEL: Readonly<Record<Deployment['model'], string | null>> = {
  central: null,
  local: 'each device adds the noise itself: nobody sees the truth, and the same ε costs far more accuracy',
  federated: null,
};

/** What follows on its “not comparable because”; nothing where the promise is of that one kind. */
export function notComparableBecause({ period, protects, model }: Deployment): string[] {
  return [BY_PERIOD[period], BY_UNIT[protects], BY_MODEL[model]].filter((reason) => reason !== null);
}
