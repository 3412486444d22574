/** A Python with NumPy and Pillow, if this machine has one: what runs the programs that the site gives away. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** @returns its command, or null; the first on the PATH that has both, since the first of all may have neither */
export function findPython(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [process.env.PYTHON ?? '', ...folders.map((folder) => join(folder, 'python3'))];
  return candidates.find((command) => command !== '' && hasBoth(command)) ?? null;
}

const hasBoth = (command: string) => spawnSync(command, ['-c', 'import numpy, PIL.Image']).status === 0;

/** Runs a program. @returns what it printed @throws with what it said on its way down */
export function runPython(
  command: string,
  program: string,
  { cwd, path = [], args = [] }: { cwd: string; path?: readonly string[]; args?: readonly string[] },
): string {
  const env = { ...process.env, PYTHONPATH: path.join(delimiter), PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync(command, ['-c', program, ...args], {
    ...{ cwd, env, encoding: 'utf8' },
  });
  if (status !== 0) throw new Error(`Python ended with ${status}: ${stderr}`);
  return stdout;
}
