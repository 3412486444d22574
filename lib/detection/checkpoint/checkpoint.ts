/** A checkpoint once read: what it says about itself, its modules if it has any, and its tensors. */
import type { TensorSource } from './tensors';
import type { Dict } from './values';

/** A module of the network as the file describes it: a class name and attributes, nothing that could run. */
export interface ModuleNode {
  /** Dotted path in the model, for example `model.2.cv1`; the names of its tensors begin with it. */
  readonly path: string;
  /** Full name of its class, for example `ultralytics.nn.modules.block.C3k2`. */
  readonly type: string;
  /** The same without its module: `C3k2`. */
  readonly className: string;
  readonly children: ReadonlyMap<string, ModuleNode>;
  /** `stride`, `groups`, `eps`, … as saved. */
  readonly attributes: Dict;
}

export interface Checkpoint {
  readonly format: 'pytorch' | 'safetensors';
  readonly bytes: number;
  /** The whole model as a tree of modules. Absent in state dicts, which have names and tensors only. */
  readonly model: ModuleNode | undefined;
  /** The state dict: parameters and buffers by dotted name. */
  readonly tensors: ReadonlyMap<string, TensorSource>;
  /** Small tensors among the modules' own attributes, by dotted name: `model.23.stride`. Never trained. */
  readonly constants: ReadonlyMap<string, TensorSource>;
  /** How many of the values are trained (buffers not counted), where the file tells the two apart. */
  readonly parameters: number;
  /** Which of the two copies in a training checkpoint was taken. */
  readonly copy: 'ema' | 'model' | 'state-dict';
  /** Names of code that no YOLO checkpoint of the kinds read here needs: of a fork, or of somebody's own settings. */
  readonly unknown: readonly string[];
  /** Free words of the file about itself: date, version, license, … Only texts and numbers, at most 200 characters each. */
  readonly notes: Readonly<Record<string, string>>;
}
