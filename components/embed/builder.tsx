'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { EXERCISES } from '@/components/exercises/cells';
import { LESSONS } from '@/components/lessons/cells';
import { CopyButton } from '@/components/ui/copy-button';
import { SelectField } from '@/components/ui/select-field';
import { frameHtml } from '@/lib/notebook/oembed';
import { basePath } from '@/lib/runtime/assets';
import { EMBEDDABLE } from './embeddable';

const PARTS = [
  { key: 'settings', label: 'All settings' },
  { key: 'menu', label: 'The menu' },
  { key: 'provenance', label: 'How numbers came to be' },
  { key: 'title', label: 'The title' },
];

/** A hash out of whatever was pasted: a whole link, or the part after #. */
function hashOf(pasted: string): string {
  const at = pasted.indexOf('#');
  const text = at >= 0 ? pasted.slice(at + 1) : pasted;
  return text.includes('=') ? `#${text.trim()}` : '';
}

interface Answer {
  source: string;
  id: string;
  type: string;
  settings?: { key: string; label: string }[];
  hash?: string;
  height?: number;
  greeted?: boolean;
}

function Snippet({ title, text }: { title: string; text: string }) {
  return (
    <div className="grid gap-2">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-semibold">{title}</h3>
        <CopyButton text={text} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than its frame, so it must be possible to scroll it by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-control border border-line bg-ground p-3 text-sm whitespace-pre-wrap break-all"
      >
        {text}
      </pre>
    </div>
  );
}

/** Choose a cell and how it shall look, try it, and take the HTML for a page of your own. */
export function EmbedBuilder() {
  const [id, setId] = useState(`${EMBEDDABLE[0]!.lesson}/${EMBEDDABLE[0]!.id}`);
  const [theme, setTheme] = useState('auto');
  const [run, setRun] = useState('click');
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const [pasted, setPasted] = useState('');
  const [origin, setOrigin] = useState('https://your.site');
  const [settings, setSettings] = useState<{ key: string; label: string }[]>([]);
  const [height, setHeight] = useState(480);
  const frame = useRef<HTMLIFrameElement>(null);
  const linkId = useId();

  useEffect(() => {
    setOrigin(location.origin);
    // Opened from a cell's menu: that cell, with its settings.
    const asked = new URLSearchParams(location.search).get('cell');
    if (asked && EMBEDDABLE.some((cell) => `${cell.lesson}/${cell.id}` === asked)) setId(asked);
    if (location.hash.includes('=')) setPasted(location.hash);
  }, []);

  useEffect(() => {
    const receive = (event: MessageEvent<Answer>) => {
      const target = frame.current?.contentWindow;
      if (!target || event.source !== target || event.data?.source !== 'dp-playground') return;
      const message = event.data;
      if (message.type === 'height' && message.height) setHeight(Math.min(2000, message.height));
      if (message.type !== 'ready') return;
      if (message.settings) setSettings(message.settings);
      if (!message.greeted)
        target.postMessage({ source: 'dp-playground-host', v: 1, type: 'hello' }, location.origin);
    };
    // What can be hidden is known once the cell is there.
    const ask = setInterval(() => {
      frame.current?.contentWindow?.postMessage(
        { source: 'dp-playground-host', v: 1, type: 'hello' },
        location.origin,
      );
    }, 2000);
    window.addEventListener('message', receive);
    return () => {
      clearInterval(ask);
      window.removeEventListener('message', receive);
    };
  }, []);

  const cell = EMBEDDABLE.find((one) => `${one.lesson}/${one.id}` === id)!;
  const query = new URLSearchParams();
  if (theme !== 'auto') query.set('theme', theme);
  if (hidden.length > 0) query.set('hide', hidden.join(','));
  if (run !== 'click') query.set('run', run);
  const path = `${basePath()}/embed/${id}/${query.size > 0 ? `?${query}` : ''}${hashOf(pasted)}`;
  const title = `${cell.title} · Epsilon Playground`;
  const attributes = [
    `src="${origin}${path.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
    `title="${title.replaceAll('"', '&quot;')}"`,
  ];
  const element = `<script async src="${origin}${basePath()}/embed.js"></script>\n<epsilon-playground ${attributes.join(' ')}></epsilon-playground>`;

  const toggle = (key: string) =>
    setHidden(hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key]);

  return (
    <div className="grid gap-8 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <div className="grid content-start gap-4">
        <SelectField
          label="Cell"
          value={id}
          options={EMBEDDABLE.map((one) => [
            `${one.lesson}/${one.id}`,
            one.lesson === EXERCISES
              ? one.title
              : `${LESSONS.find((lesson) => lesson.slug === one.lesson)?.title ?? 'Home'}: ${one.title}`,
          ])}
          onChange={(next) => {
            setId(next);
            setHidden([]);
            setSettings([]);
          }}
        />
        <SelectField
          label="Colours"
          value={theme}
          options={[
            ['auto', 'As the reader’s system'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ]}
          onChange={setTheme}
        />
        <SelectField
          label="It starts"
          value={run}
          options={[
            ['click', 'when the reader presses Start'],
            ['auto', 'by itself, where that is cheap'],
            ['never', 'never: only the controls are shown'],
          ]}
          onChange={setRun}
        />
        <div className="grid gap-1">
          <label htmlFor={linkId} className="font-medium">
            Settings: a link copied from a cell
          </label>
          <input
            id={linkId}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
            placeholder="#v=1&eps=2"
            className="min-h-10 w-full min-w-0 rounded-control border border-line-strong bg-surface px-2"
          />
        </div>
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium">Hide from the reader</legend>
          {[...PARTS, ...settings].map(({ key, label }) => (
            <label key={key} className="flex min-h-8 items-center gap-2">
              <input
                type="checkbox"
                checked={hidden.includes(key)}
                onChange={() => toggle(key)}
                className="h-5 w-5 accent-(--accent)"
              />
              {label}
            </label>
          ))}
          {settings.length === 0 ? (
            <p className="text-sm text-secondary">Start the preview to hide single settings.</p>
          ) : null}
        </fieldset>
      </div>
      <div className="grid min-w-0 content-start gap-6">
        <Snippet
          title="A frame, for any page"
          text={frameHtml({ src: `${origin}${path}`, title, height: 640 })}
        />
        <Snippet title="An element that grows with its content" text={element} />
        <section aria-label="Preview" className="grid gap-2">
          <h3 className="font-semibold">Preview</h3>
          <iframe
            ref={frame}
            key={path}
            src={path}
            title={`Preview: ${cell.title}`}
            className="w-full rounded-cell border border-line"
            style={{ height }}
            allow="camera; fullscreen; clipboard-write"
          />
        </section>
      </div>
    </div>
  );
}
