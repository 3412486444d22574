'use client';

import { type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useWidth } from '@/components/charts/use-width';
import { Button } from '@/components/ui/button';
import { count } from '@/components/ui/format';
import type { PhoneField } from '../experiments/population';

interface PhoneFieldFigureProps {
  field: PhoneField;
  /** So many phones have reported; the others are still to toss. */
  reported: number;
  /** How many there are in all. */
  people: number;
  /** An answer in words. */
  say(answer: number): string;
}

const HEIGHT = 200;
/** Answers of one report that are read out; a half of all 64 would be too many. */
const SPOKEN = 6;

/** As square a grid as fits: how many columns, and how far apart. */
function gridFor(phones: number, width: number) {
  const columns = Math.max(1, Math.ceil(Math.sqrt((phones * width) / HEIGHT)));
  return { columns, pitch: width / columns, rows: Math.ceil(phones / columns) };
}

/** Phones as dots. Who looks at one sees its true answer and its report; a server sees the reports alone. */
export function PhoneFieldFigure({ field, reported, people, say }: PhoneFieldFigureProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const pickId = useId();
  const { truths, said } = field;
  const phones = truths.length;
  const [chosen, setChosen] = useState<number | null>(null);
  const looked = chosen === null || chosen >= phones ? null : chosen;
  const theme = useTheme();
  const frank = useMemo(() => said.map((values, i) => values.includes(truths[i]!)), [said, truths]);
  const tellers = frank.slice(0, reported).filter(Boolean).length;
  const { columns, pitch, rows } = gridFor(phones, width ?? 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `theme` changes what the colours are
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current || width === null) return;
    const scale = window.devicePixelRatio || 1;
    canvas.current.width = width * scale;
    canvas.current.height = rows * pitch * scale;
    context.scale(scale, scale);
    const style = getComputedStyle(canvas.current);
    const colour = (name: string) => style.getPropertyValue(name);
    const radius = Math.min(5, pitch * 0.34);
    /** All dots of a kind at once: a path and a colour for each of thousands cost a slow phone a frame. */
    const dots = (size: number, which: (phone: number) => boolean) => {
      const path = new Path2D();
      for (let i = 0; i < phones; i++) {
        if (!which(i)) continue;
        const [x, y] = [((i % columns) + 0.5) * pitch, (Math.floor(i / columns) + 0.5) * pitch];
        path.moveTo(x + size, y);
        path.arc(x, y, size, 0, 2 * Math.PI);
      }
      return path;
    };
    context.fillStyle = colour('--line-strong');
    context.fill(dots(radius * 0.45, (i) => i >= reported));
    context.fillStyle = colour('--private');
    context.fill(dots(radius, (i) => i < reported && frank[i]!));
    context.strokeStyle = colour('--plain');
    context.lineWidth = Math.max(1, radius * 0.4);
    context.stroke(dots(radius * 0.85, (i) => i < reported && !frank[i]));
    context.strokeStyle = colour('--text');
    context.lineWidth = 2;
    context.stroke(dots(radius + 4, (i) => i === looked));
  }, [width, columns, pitch, rows, phones, reported, frank, looked, theme]);

  function tap(event: PointerEvent<HTMLCanvasElement>) {
    const at = event.currentTarget.getBoundingClientRect();
    const column = Math.min(columns - 1, Math.floor((event.clientX - at.left) / pitch));
    const row = Math.min(rows - 1, Math.floor((event.clientY - at.top) / pitch));
    setChosen(Math.min(phones - 1, row * columns + column));
  }
  const nextLie = () => {
    const from = looked === null ? 0 : looked + 1;
    const next = [...frank.slice(from), ...frank.slice(0, from)].indexOf(false);
    setChosen(next < 0 ? null : (from + next) % phones);
  };

  return (
    <figure className="grid gap-2" data-field-of-phones>
      <figcaption>
        <span className="block font-semibold leading-snug">
          {count(phones)} of the {count(people)} phones, one dot each
        </span>
        <span className="block text-sm text-secondary">
          Tap one to see its answer and its report. You may look only because these people do not exist.
        </span>
      </figcaption>
      <p className="flex flex-wrap gap-x-4 text-sm">
        <span>
          <Dot frank /> speaks for its own answer: <strong className="tabular-nums">{count(tellers)}</strong>
        </span>
        <span>
          <Dot frank={false} /> does not, a lie:{' '}
          <strong className="tabular-nums">{count(reported - tellers)}</strong>
        </span>
      </p>
      <div ref={box} className="w-full" style={{ minHeight: HEIGHT }}>
        {width === null ? null : (
          <canvas
            ref={canvas}
            role="img"
            aria-label={`${count(reported)} phones have reported. ${count(tellers)} reports speak for the phone’s own answer, ${count(reported - tellers)} do not.`}
            className="block w-full cursor-pointer"
            style={{ height: rows * pitch }}
            onPointerDown={tap}
          />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label htmlFor={pickId} className="text-sm">
          Look at phone
        </label>
        <input
          id={pickId}
          type="range"
          className="slider min-w-32 flex-1"
          min={1}
          max={phones}
          value={(looked ?? 0) + 1}
          aria-valuetext={looked === null ? 'none yet' : `phone ${looked + 1}`}
          style={{ '--fill': `${(100 * (looked ?? 0)) / Math.max(1, phones - 1)}%` } as React.CSSProperties}
          onChange={(event) => setChosen(Number(event.target.value) - 1)}
        />
        <Button small onClick={nextLie} disabled={frank.every(Boolean)}>
          The next lie
        </Button>
      </div>
      <p aria-live="polite" className="min-h-12 text-sm" data-phone>
        {looked === null ? (
          <span className="text-secondary">No phone is looked at yet.</span>
        ) : looked >= reported ? (
          `Phone ${count(looked + 1)} has not reported yet.`
        ) : (
          <>
            <strong>Phone {count(looked + 1)}.</strong> In truth: {say(truths[looked]!)}. Its report{' '}
            {spoken(said[looked]!, say)}. {verdict(said[looked]!.length, frank[looked]!)}
          </>
        )}
      </p>
    </figure>
  );
}

/** @param answers how many the report speaks for */
function verdict(answers: number, frank: boolean): string {
  if (answers === 0) return 'Not for its own either: a lie.';
  if (answers === 1) return frank ? 'That is the truth.' : 'That is a lie.';
  return frank ? 'Its own is among them: the truth.' : 'Its own is not among them: a lie.';
}

function spoken(values: readonly number[], say: (answer: number) => string): string {
  if (values.length === 0) return 'speaks for no answer at all';
  const more = values.length - SPOKEN;
  const named = values.slice(0, SPOKEN).map(say).join(', ');
  return more > 0
    ? `speaks for ${values.length} answers: ${named} and ${more} more`
    : `speaks for ${values.length === 1 ? named : `${values.length} answers: ${named}`}`;
}

/** One dot of the field, in the legend. */
function Dot({ frank }: { frank: boolean }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" className="inline align-[-1px]">
      {frank ? (
        <circle cx="6" cy="6" r="5" fill="var(--private)" />
      ) : (
        <circle cx="6" cy="6" r="4" fill="none" stroke="var(--plain)" strokeWidth="2" />
      )}
    </svg>
  );
}

/** The theme of the page: a canvas does not follow it by itself. */
function useTheme(): string {
  const [theme, setTheme] = useState('');
  useEffect(() => {
    const page = document.documentElement;
    const read = () => setTheme(page.dataset.theme ?? '');
    read();
    const watch = new MutationObserver(read);
    watch.observe(page, { attributeFilter: ['data-theme'] });
    return () => watch.disconnect();
  }, []);
  return theme;
}
