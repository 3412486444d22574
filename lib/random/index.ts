export { delegate } from './delegate';
export { RandomnessError } from './errors';
export { SecureRandom } from './secure';
export { SeededRandom, type SeededRandomState } from './seeded';
export type { RandomSource } from './source';
