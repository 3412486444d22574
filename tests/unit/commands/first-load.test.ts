/** What a page makes a browser load at first, as the table of bytes and the load of the server count it. */
import { expect, test } from 'vitest';
import { firstLoadOf } from '@/tests/harness/first-load';
import { writeSite } from './support/site';

const PAGE =
  '<html><head><link rel="preconnect" href="/x/"/><link rel="preload" as="image" href="/x/wall.png"/>' +
  '<link rel="stylesheet" href="/x/_next/chunks/a.css"/><link rel="preload" as="script" href="/x/b.js"/>' +
  '<script src="/x/b.js?v=1&amp;w" async=""></script><script src="/x/old.js" noModule=""></script><script>inline</script>' +
  '<link rel="icon" href="/x/icon.svg?1"/></head><body><img src="/x/later.png" loading="lazy"/><img src="data:image/png;base64,a"/>' +
  '<img src="https://else.where/a.png"/><span class="katex">x</span></body></html>';

test('each file once, by its kind, and as a server sends it; nothing that comes later or from elsewhere', () => {
  const files = {
    'one/index.html': PAGE,
    'one/index.html.br': 'packed',
    '_next/chunks/a.css':
      'src: url(../media/KaTeX_Main-Regular.1.woff2), url(../media/KaTeX_AMS-Regular.2.woff2)',
    '_next/media/KaTeX_Main-Regular.1.woff2': 'font',
    'b.js': 'words',
    'b.js.br': 'w',
    'wall.png': 'wall',
    'icon.svg': 'i',
  };
  const { folder, remove } = writeSite(files);
  const loaded = firstLoadOf(folder, 'one/', '/x');
  expect(loaded.map(({ file, kind, raw, sent }) => [file, kind, raw, sent])).toEqual([
    ['one/index.html', 'page', PAGE.length, 6],
    ['wall.png', 'picture', 4, 4],
    ['_next/chunks/a.css', 'style', files['_next/chunks/a.css'].length, files['_next/chunks/a.css'].length],
    ['b.js', 'script', 5, 1],
    ['icon.svg', 'other', 1, 1],
    ['_next/media/KaTeX_Main-Regular.1.woff2', 'font', 4, 4],
  ]);
  expect(() => firstLoadOf(folder, 'two/')).toThrow();
  remove();
});
