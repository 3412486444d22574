/**
 * The engines that ours is measured against: packages of this folder with a lock file of its own. They weigh more than the
 * site's own dependencies beside tfjs, and nothing else wants them, so they are got when a benchmark first needs them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@/tests/harness/root';

const FOLDER = join(ROOT, 'tests/bench');
export const PEERS = join(FOLDER, 'node_modules');
/** npm writes this file last. */
const INSTALLED = join(PEERS, '.package-lock.json');

const changed = (file: string) => statSync(file).mtimeMs;

/** Also again when other peers, or other versions of them, are asked for than were installed. */
export function installPeers(): void {
  const wanted = join(FOLDER, 'package-lock.json');
  if (existsSync(INSTALLED) && changed(INSTALLED) >= changed(wanted)) return;
  console.log('Installing what ours is measured against (tests/bench/package.json) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm could not install it; run `npm ci` in tests/bench to see why.');
}

export function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(PEERS, name, 'package.json'), 'utf8')) as { version: string }).version;
}
