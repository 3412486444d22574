/** Finds a Chromium for the browser tests, or gets one, or says exactly what to install. */
import { spawnSync } from 'node:child_process';
import { hasChromium } from '@/tests/harness/find-chromium';

function attempt(command: string, args: string[], env: Record<string, string> = {}): boolean {
  console.log(`No Chromium yet: trying \`${command} ${args.join(' ')}\``);
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    timeout: 10 * 60_000,
  });
  return status === 0 && hasChromium();
}

function aptGet(): boolean {
  const isRoot = process.getuid?.() === 0;
  const [command, prefix] = isRoot ? ['apt-get', []] : ['sudo', ['-n', 'apt-get']];
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  attempt(command as string, [...(prefix as string[]), 'update', '-qq'], quiet);
  return attempt(command as string, [...(prefix as string[]), 'install', '-y', '-qq', 'chromium'], quiet);
}

/** @returns true when a Chromium is at hand. */
export function ensureChromium(): boolean {
  if (hasChromium()) return true;
  if (attempt('npx', ['playwright', 'install', '--with-deps', 'chromium'])) return true;
  if (attempt('npx', ['playwright', 'install', 'chromium'])) return true;
  if (process.platform === 'linux' && aptGet()) return true;
  console.error(
    [
      'The browser tests need Chromium and none could be had. Do one of these, then run the tests again:',
      '  npx playwright install chromium        (any system with access to its download)',
      '  sudo apt-get install chromium          (Debian and relatives)',
      '  CHROMIUM_PATH=/path/to/chrome npm test (a Chromium or Chrome you already have)',
    ].join('\n'),
  );
  return false;
}
