/** What our WGSL shaders have in common: threads counted through from 0, 64 to a workgroup, each with work of its own. */

export interface Shader {
  code: string;
  /** Threads that have something to do. */
  threads: number;
}

/** Threads of a workgroup. */
export const WORKGROUP = 64;

/** The least that any WebGPU device allows along one side of a dispatch. */
export const MOST_GROUPS = 65535;

/**
 * The head of `main`, its brace left open: the thread's number in `name`; those past the end have returned. A dispatch longer
 * than one side may be goes on in the next row of it.
 * @param threads how many have something to do, or where the shader reads it
 */
export const eachThread = (name: string, threads: number | string): string => `
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let ${name} = (group.y * ${MOST_GROUPS}u + group.x) * ${WORKGROUP}u + local;
  if (${name} >= ${typeof threads === 'number' ? `${threads}u` : threads}) { return; }`;
