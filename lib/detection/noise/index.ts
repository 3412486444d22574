export { addNoise } from './add';
export { blur } from './blur';
export { type CorruptionKind, corrupt, type Severity, severityOf } from './corruptions';
export { type DpPixOptions, dpPix, dpPixScale } from './dp-pix';
export { jpeg } from './jpeg';
export {
  blockSide,
  blurWidth,
  type Disturbance,
  isCorruption,
  jpegQuality,
  NOISE_KINDS,
  type NoiseInfo,
  type NoiseKind,
  PixelNoise,
  type ScaledKind,
} from './kinds';
export {
  type GaussianEpsilon,
  PATCH_SIDE,
  type PixelNeighbours,
  type PixelPrivacy,
  pixelPrivacy,
} from './pixel-privacy';
export { pixelate } from './pixelate';
export { saltAndPepper } from './salt-and-pepper';
export { type NoiseStrength, noiseStrength } from './strength';
export { type AdditiveNoise, NoiseFields, unitField } from './unit-field';
