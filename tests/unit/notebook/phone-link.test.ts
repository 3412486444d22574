/** A phone cannot open an address that only the presenting machine knows. */
import { describe, expect, test } from 'vitest';
import { isLoopback, phoneLink } from '@/lib/notebook/phone-link';

test.each([
  'localhost',
  'LOCALHOST',
  'localhost.',
  'site.localhost',
  '127.0.0.1',
  '127.1.2.3',
  '[::1]',
  '::1',
  '0.0.0.0',
  '[::]',
  '[::ffff:7f00:1]',
  '::ffff:127.0.0.1',
])('%s is this machine alone', (name) => expect(isLoopback(name)).toBe(true));
test.each([
  '192.168.1.20',
  '10.0.0.1',
  'example.org',
  'localhost.example.org',
  '127.example.org',
  '[fe80::1]',
  '[::ffff:c0a8:114]',
  '[::2]',
])('%s is not', (name) => expect(isLoopback(name)).toBe(false));

describe('the link for phones', () => {
  const link = 'http://127.0.0.1:3000/sub/lessons/attacks/?present=2#v=1&eps=2';
  const rest = '/sub/lessons/attacks/?present=2#v=1&eps=2';
  test.each([
    ['192.168.1.20', `http://192.168.1.20:3000${rest}`],
    [' 192.168.1.20:8080 ', `http://192.168.1.20:8080${rest}`],
    ['192.168.1.20:80', `http://192.168.1.20${rest}`],
    ['http://192.168.1.20:3000/sub/', `http://192.168.1.20:3000${rest}`],
    ['https://class.example', `https://class.example${rest}`],
    ['teacher-laptop.local', `http://teacher-laptop.local:3000${rest}`],
    ['[fe80::1]', `http://[fe80::1]:3000${rest}`],
  ])('%s leads to the same page and settings', (typed, whole) => expect(phoneLink(link, typed)).toBe(whole));
  test.each([
    '',
    '   ',
    'localhost',
    '127.0.0.1:4000',
    '127.1',
    '0x7f000001',
    '[::ffff:127.0.0.1]',
    'http://',
    'two words',
    'http://me:secret@host',
    'javascript:alert(1)',
  ])('“%s” leads nowhere', (typed) => expect(phoneLink(link, typed)).toBeNull());
});
