/** The label of a private run: what is protected, from whom, how much, and what not; and its form in the deployments registry. */
export { commonSigma, mechanismInWords } from './mechanism-words';
export { CLIENTS_ADD, ONE_HOLDS_ALL, onlyAPlan, type Practice, STATED } from './practice';
export { type PrivacyLabel, privacyLabel, type Release } from './privacy-label';
export { type RegistryRecord, registryRecord, registryYaml } from './registry-record';
export type { TrustModel } from './trust-model';
export { manyOf } from './units';
