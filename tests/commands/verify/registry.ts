/** One line for each form of reference file. A file belongs to the first checker that knows its structure. */
import * as accounting from './accounting';
import type { Checker } from './contract';
import * as dpsgd from './dpsgd';
import * as faces from './faces';
import * as localPrivacy from './local-privacy';
import * as map from './map';
import * as nanodet from './nanodet';
import * as yolo from './yolo';
import * as yoloNoise from './yolo-noise';
import * as yoloWeights from './yolo-weights';

export const CHECKERS: readonly Checker[] = [
  accounting,
  dpsgd,
  localPrivacy,
  faces,
  map,
  nanodet,
  yolo,
  yoloNoise,
  yoloWeights,
];
