/** A machine that can open no more files says so: it does not call what is there missing, nor give a page another's policy. */
import { expect, test, vi } from 'vitest';
import { findFile } from '@/lib/commands/serve/find-file';
import { headersForFile } from '@/lib/commands/serve/headers-for';

const trouble = vi.hoisted(() => ({ code: '' }));
vi.mock('node:fs/promises', () => {
  const fail = async () => {
    throw Object.assign(new Error(trouble.code), { code: trouble.code });
  };
  return { stat: fail, open: fail };
});

test.each(['EMFILE', 'ENFILE', 'EIO'])('%s', async (code) => {
  trouble.code = code;
  await expect(findFile('/site', '/lessons/')).rejects.toThrow(code);
  await expect(headersForFile('/site', '/lessons/index.html')).rejects.toThrow(code);
});

test('a file that has gone is missing', async () => {
  trouble.code = 'ENOENT';
  expect(await findFile('/site', '/lessons/')).toEqual({ kind: 'missing' });
  expect(await headersForFile('/site', '/lessons/index.html')).toHaveProperty('Content-Security-Policy');
});
