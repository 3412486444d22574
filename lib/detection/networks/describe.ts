/** What a checkpoint is, in words and numbers, and the plan of its network. No tensors are made here. */
import { type Checkpoint, type ModuleNode, readCheckpoint } from '../checkpoint';
import { corrupt, unsupported } from '../checkpoint/errors';
import { notACheckpoint } from '../checkpoint/identify';
import { Dict, type Value } from '../checkpoint/values';
import { COCO_CLASSES } from './coco';
import { planModules, type Structure } from './from-modules';
import { modulesFromNames } from './from-names';
import type { Family, NetworkPlan } from './plan';

export interface CheckpointDescription {
  /** Kebab-case, for provenance: `yolo26n`. */
  readonly id: string;
  /** For a person: `YOLO26n`. */
  readonly title: string;
  readonly family: Family;
  readonly scale: string | null;
  readonly task: 'detection';
  readonly classes: readonly string[];
  /** Trained values, both heads of an end-to-end network included, as its publisher counts them. */
  readonly parameters: number;
  readonly endToEnd: boolean;
  readonly bytes: number;
  readonly format: Checkpoint['format'];
  readonly copy: Checkpoint['copy'];
  /** What the file says about itself: date, version, license, … */
  readonly notes: Readonly<Record<string, string>>;
}

/**
 * Reads a file and says what it is.
 * @throws CheckpointError, naming what was found, if it is not a detection network that can be run here
 */
export function describeCheckpoint(bytes: Uint8Array): CheckpointDescription {
  const checkpoint = readCheckpoint(bytes);
  return describe(checkpoint, planNetwork(checkpoint));
}

export function describe(checkpoint: Checkpoint, plan: NetworkPlan): CheckpointDescription {
  const { family, scale, classes, head } = plan;
  const id = `${family}${scale ?? ''}`;
  return {
    id,
    title: id.replace('yolo', 'YOLO'),
    family,
    scale,
    task: 'detection',
    classes,
    parameters: checkpoint.parameters,
    endToEnd: head.endToEnd,
    bytes: checkpoint.bytes,
    format: checkpoint.format,
    copy: checkpoint.copy,
    notes: checkpoint.notes,
  };
}

/** @throws CheckpointError `checkpoint-unsupported` or `checkpoint-corrupt` */
export function planNetwork(checkpoint: Checkpoint): NetworkPlan {
  const { model } = checkpoint;
  if (!model) {
    const { list, family } = modulesFromNames(checkpoint);
    const structure = planModules(list, checkpoint);
    const classes = classNames(namesInNotes(checkpoint), structure.head.classCount);
    return { ...structure, family, scale: scaleOf(family, structure), classes };
  }
  checkModel(model);
  checkNames(checkpoint);
  const list = model.children.get('model');
  if (!list) throw unsupported('The model in this checkpoint has no list of layers.');
  const file = yamlFile(model);
  const stranger = file && /yolo(v?\d+)/i.exec(file)?.[0].toLowerCase();
  if (stranger && !['yolo26', 'yolo11', 'yolov8'].includes(stranger))
    throw unsupported(`This is a checkpoint of ${stranger.replace('yolo', 'YOLO')} (${file}).`);
  const structure = planModules(list, checkpoint);
  const family = familyOf(list, structure);
  const classes = classNames(model.attributes.get('names'), structure.head.classCount);
  return { ...structure, family, scale: scaleOf(family, structure), classes };
}

const TASKS: Readonly<Record<string, string>> = {
  SegmentationModel: 'a segmentation model (outlines of objects)',
  PoseModel: 'a pose model (key points of people)',
  OBBModel: 'a model for rotated boxes',
  ClassificationModel: 'a classification model (one label for the whole picture)',
  RTDETRDetectionModel: 'an RT-DETR model',
  WorldModel: 'a YOLO-World model',
  YOLOEModel: 'a YOLOE model',
  YOLOESegModel: 'a YOLOE segmentation model',
};

function checkModel(model: ModuleNode): void {
  if (model.type.startsWith('models.')) {
    const file = yamlFile(model) ?? '';
    const family = /yolov?\d+/i.exec(file)?.[0].replace(/yolo/i, 'YOLO') ?? 'YOLOv3 or YOLOv5';
    const task = TASKS[model.className];
    if (task)
      throw unsupported(`This is ${task} of ${family}${file && ` (${file})`}, not a detection model.`);
    throw unsupported(
      `This is a checkpoint of ${family}${file && ` (${file})`}, with anchor boxes, saved by the code of that time (${model.type}).`,
    );
  }
  if (!model.type.startsWith('ultralytics.nn.'))
    throw notACheckpoint(`a PyTorch model of another kind (${model.type})`);
  if (model.className === 'DetectionModel') return;
  throw unsupported(
    `This is ${TASKS[model.className] ?? `a ${model.className}`}, not a detection model.`,
    'Choose the detection checkpoint of the same network: the one without -seg, -pose, -obb or -cls in its name.',
  );
}

/** A block of other code may be called like one of ours and compute something else: such a file is not opened. */
function checkNames({ unknown }: Checkpoint): void {
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, 3).join(', ');
  const more = unknown.length > 3 ? ` and ${unknown.length - 3} more` : '';
  const blocks = unknown.some((name) => name.startsWith('ultralytics.nn.'));
  throw unsupported(
    blocks
      ? `This is a checkpoint of a changed YOLO, a fork with code of its own: ${shown}${more}.`
      : `This checkpoint holds things of other code than YOLO’s: ${shown}${more}. Nothing of them was run.`,
    'Choose a checkpoint of Ultralytics’ own YOLO26, YOLO11 or YOLOv8, or save the state dict of one as .safetensors.',
  );
}

/** From the blocks themselves, whatever the file was called when it was trained. */
function familyOf(list: ModuleNode, { head }: Structure): Family {
  const types = new Set([...list.children.values()].map(({ className }) => className));
  if (types.has('C3k2') && types.has('C2PSA')) return head.endToEnd ? 'yolo26' : 'yolo11';
  if (types.has('C2f') && !types.has('C2PSA') && !head.endToEnd) return 'yolov8';
  throw unsupported(
    `The network is built of ${[...types].join(', ')}, which is neither YOLO26 nor YOLO11 nor YOLOv8.`,
  );
}

/** Stem channels and, where two scales share them, inner blocks of layer 2, as published. */
function scaleOf(family: Family, { layers }: Structure): string | null {
  const stem = layers[0]?.channels;
  if (family === 'yolov8') return { 16: 'n', 32: 's', 48: 'm', 64: 'l', 80: 'x' }[stem ?? 0] ?? null;
  if (stem === 64) {
    const second = layers[2]?.block;
    return second?.kind === 'split-chain' && second.inner.length > 1 ? 'l' : 'm';
  }
  return { 16: 'n', 32: 's', 96: 'x' }[stem ?? 0] ?? null;
}

function yamlFile(model: ModuleNode): string | undefined {
  const yaml = model.attributes.get('yaml');
  const file =
    (yaml instanceof Dict ? yaml.get('yaml_file') : undefined) ?? model.attributes.get('yaml_file');
  return typeof file === 'string' ? file.slice(0, 100) : undefined;
}

function namesInNotes({ notes }: Checkpoint): Value | undefined {
  try {
    const parsed: unknown = JSON.parse(notes.names ?? 'null');
    return parsed && typeof parsed === 'object' ? Object.values(parsed).map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** A dict from number to name, or a list; COCO's where a state dict says nothing and has 80. */
function classNames(said: Value | undefined, count: number): string[] {
  const at = (i: number) => (said instanceof Dict ? said.get(i) : Array.isArray(said) ? said[i] : undefined);
  const length = said instanceof Dict ? said.size : Array.isArray(said) ? said.length : undefined;
  if (length !== undefined && length !== count)
    throw corrupt(`The checkpoint names ${length} classes, but its head tells ${count} apart.`);
  const fallback = (i: number) => (length === undefined && count === 80 ? COCO_CLASSES[i]! : `class ${i}`);
  return Array.from({ length: count }, (_, i) => {
    const name = at(i);
    return typeof name === 'string' ? name.slice(0, 100) : fallback(i);
  });
}
