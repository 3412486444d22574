import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEmbedQuery } from '@/components/embed/query';
import {
  EmbedChannel,
  type EmbedMessage,
  type HostMessage,
  hashOfSettings,
  metricsOf,
  refusedSettings,
  withoutSecret,
  wordpressHeight,
} from '@/lib/notebook/embed-protocol';

const host = (body: object) => ({ source: 'dp-playground-host', v: 1, ...body });

function setUp() {
  const sent: [EmbedMessage, string][] = [];
  const obeyed: HostMessage[] = [];
  const channel = new EmbedChannel(
    'lesson/cell',
    () => ({ title: 'A cell', settings: [{ key: 'eps', label: 'Privacy ε' }] }),
    (message, origin) => sent.push([message, origin]),
    (command) => obeyed.push(command),
  );
  return { channel, sent, obeyed };
}

describe('an embedded cell', () => {
  it('tells a stranger only that it is there and how tall it is', () => {
    const { channel, sent } = setUp();
    channel.ready();
    channel.height(300.2);
    channel.send({ type: 'metric', metrics: { epsilon: 1 } });
    channel.send({ type: 'state', hash: '#v=1', state: 'done', stale: false, step: 0, total: null });
    expect(sent.map(([{ type }, origin]) => [type, origin])).toEqual([
      ['ready', '*'],
      ['height', '*'],
    ]);
    expect(sent[1]![0]).toMatchObject({ source: 'dp-playground', v: 1, id: 'lesson/cell', height: 301 });
  });

  it('obeys nobody who has not said hello, and nobody else than the one who has', () => {
    const { channel, sent, obeyed } = setUp();
    channel.receive(host({ type: 'run' }), 'https://school.example');
    expect(obeyed).toEqual([]);
    channel.receive(host({ type: 'hello' }), 'https://school.example');
    expect(sent.at(-1)).toMatchObject([{ type: 'ready', greeted: true }, 'https://school.example']);
    channel.receive(host({ type: 'run' }), 'https://other.example');
    expect(obeyed).toEqual([]);
    channel.receive(host({ type: 'run' }), 'https://school.example');
    expect(obeyed.map(({ type }) => type)).toEqual(['run']);
    channel.send({ type: 'metric', metrics: { epsilon: 1 } });
    expect(sent.at(-1)![1]).toBe('https://school.example');
  });

  it('does not send a height again for a change of a few pixels', () => {
    const { channel, sent } = setUp();
    for (const pixels of [300, 303, 304, 305, 301, 400]) channel.height(pixels);
    expect(sent.map(([message]) => (message.type === 'height' ? message.height : null))).toEqual([
      300, 305, 400,
    ]);
  });

  it('says what it did not understand, and only to the page it knows', () => {
    const { channel, sent } = setUp();
    const wrong = host({ type: 'setState', settings: { eps: { toString: 'x' } } });
    channel.receive(wrong, 'https://school.example');
    expect(sent).toEqual([]);
    channel.receive(host({ type: 'hello' }), 'https://school.example');
    channel.receive(wrong, 'https://school.example');
    expect(sent.at(-1)![0]).toMatchObject({ type: 'error', code: 'message-invalid' });
  });

  it('never throws, whatever it is sent', () => {
    const { channel, obeyed } = setUp();
    channel.receive(host({ type: 'hello' }), 'https://school.example');
    fc.assert(
      fc.property(fc.anything(), (data) => {
        channel.receive(data, 'https://school.example');
        channel.receive(host({ type: 'setState', settings: data }), 'https://school.example');
      }),
      { numRuns: 2000 },
    );
    for (const command of obeyed)
      if (command.type === 'setState')
        for (const value of Object.values(command.settings))
          expect(['number', 'string', 'boolean']).toContain(typeof value);
  });
});

describe('in WordPress, which puts a secret at the end of the address', () => {
  it('the height is told in its own words', () => {
    expect(wordpressHeight('#?secret=Ab3dE6gH1j', 300.2)).toEqual({
      ...{ message: 'height', value: 301, secret: 'Ab3dE6gH1j' },
    });
    for (const hash of [
      '',
      '#v=1&eps=2',
      '#?secret=short',
      '#?secret=Ab3dE6gH1j&eps=2',
      '#secret=Ab3dE6gH1j',
    ])
      expect(wordpressHeight(hash, 300), hash).toBeNull();
  });

  it('settings are read without it', () => {
    expect(withoutSecret('#v=1&eps=2#?secret=Ab3dE6gH1j')).toBe('#v=1&eps=2');
    expect(withoutSecret('#?secret=Ab3dE6gH1j')).toBe('');
    for (const hash of ['', '#v=1&eps=2', '#v=1&note=secret']) expect(withoutSecret(hash)).toBe(hash);
  });
});

it('a question may be numbered by a text or a number', () => {
  const { channel, obeyed } = setUp();
  channel.receive(host({ type: 'hello' }), 'https://a.example');
  for (const request of ['q1', 7]) channel.receive(host({ type: 'getState', request }), 'https://a.example');
  expect(obeyed).toMatchObject([{ request: 'q1' }, { request: 7 }]);
});

it('settings become the hash of a link', () => {
  expect(hashOfSettings({ eps: 2, noise: 'a&b' })).toBe('#v=1&eps=2&noise=a%26b');
  expect(hashOfSettings({})).toBe('');
});

it('metrics are the finite numbers of a report', () => {
  expect(metricsOf({ step: 3, epsilon: 0.5, loss: Number.NaN, digits: [1], name: 'x' })).toEqual({
    step: 3,
    epsilon: 0.5,
  });
  expect(metricsOf(null)).toBeNull();
  expect(metricsOf([])).toBeNull();
});

it('the query of an embed falls back to the careful choice', () => {
  expect(readEmbedQuery('')).toEqual({ run: 'click', hide: [] });
  expect(readEmbedQuery('?run=auto&hide=eps, seed,"><b>')).toEqual({ run: 'auto', hide: ['eps', 'seed'] });
  expect(readEmbedQuery('?run=always').run).toBe('click');
});

describe('settings that a page gives', () => {
  const known = [{ key: 'eps' }, { key: 'steps' }];

  it('are taken when the cell has them all', () => {
    expect(refusedSettings({ eps: 2 }, known)).toBeNull();
    expect(refusedSettings({}, [])).toBeNull();
  });

  it('are refused by name when it has not, with what there is instead', () => {
    const refused = refusedSettings({ epsilon: 2, eps: 1, constructor: 3 }, known);
    expect(refused).toMatchObject({ type: 'error', code: 'setting-unknown' });
    expect(refused!.message).toContain('“epsilon”, “constructor”');
    expect(refused!.message).not.toContain('“eps”');
    expect(refused!.remedy).toBe('It has eps, steps.');
    expect(refusedSettings({ a: 1 }, [])!.remedy).toBe('It has no settings.');
  });

  it('and colours come only by their names', () => {
    const { channel, obeyed, sent } = setUp();
    channel.receive(host({ type: 'hello' }), 'https://a.example');
    channel.receive(host({ type: 'setTheme', theme: 'dark' }), 'https://a.example');
    channel.receive(host({ type: 'setTheme', theme: 'pink' }), 'https://a.example');
    expect(obeyed).toMatchObject([{ type: 'setTheme', theme: 'dark' }]);
    expect(sent.at(-1)![0]).toMatchObject({ type: 'error', code: 'message-invalid' });
  });
});
