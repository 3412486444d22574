export type { Checkpoint, ModuleNode } from './checkpoint';
export { CheckpointError, type CheckpointErrorCode } from './errors';
export { readCheckpoint } from './read';
export type { TensorSource } from './tensors';
export { type TensorToWrite, type WriteOptions, writeSafetensors } from './write-safetensors';
