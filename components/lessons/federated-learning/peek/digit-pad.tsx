'use client';

import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { DigitPicture } from '@/components/vision/digit-picture';
import { type Place, SIDE, withStroke } from './pen';

/** What the learner drew, and which digit it is to be. Each stroke makes a new one, with a key of its own. */
export interface Drawing {
  key: string;
  pixels: Float32Array;
  label: number;
}

interface DigitPadProps {
  drawing: Drawing | null;
  onChange(drawing: Drawing | null): void;
}

const EMPTY: Float32Array = new Float32Array(SIDE * SIDE);
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const LABELS = Array.from({ length: 10 }, (_, digit) => [String(digit), String(digit)] as const);

let drawings = 0;

/** A pad for a digit of one’s own: by pointer, or by keys that move a pen. */
export function DigitPad({ drawing, onChange }: DigitPadProps) {
  const helpId = useId();
  const [label, setLabel] = useState(drawing?.label ?? 4);
  const [pen, setPen] = useState<Place>({ x: 14.5, y: 14.5 });
  const [down, setDown] = useState(false);
  const [keys, setKeys] = useState(false);
  const from = useRef<Place | null>(null);
  // Several moves may come before the page is drawn again.
  const newest = useRef<Float32Array>(EMPTY);
  newest.current = drawing?.pixels ?? EMPTY;

  const change = (pixels: Float32Array, digit = label) => {
    newest.current = pixels;
    drawings++;
    onChange({ key: `drawn ${drawings}`, pixels, label: digit });
  };
  const stroke = (a: Place, b: Place) => change(withStroke(newest.current, a, b));

  function placeOf(event: PointerEvent): Place {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * SIDE,
      y: ((event.clientY - box.top) / box.height) * SIDE,
    };
  }
  function start(event: PointerEvent) {
    event.currentTarget.setPointerCapture(event.pointerId);
    setKeys(false);
    from.current = placeOf(event);
    stroke(from.current, from.current);
  }
  function move(event: PointerEvent) {
    if (!from.current) return;
    const to = placeOf(event);
    stroke(from.current, to);
    from.current = to;
  }
  function press(event: KeyboardEvent) {
    const by = MOVES[event.key];
    if (by) {
      const within = (value: number) => Math.min(SIDE - 0.5, Math.max(0.5, value));
      const to = { x: within(pen.x + by[0]), y: within(pen.y + by[1]) };
      setPen(to);
      if (down) stroke(pen, to);
    } else if (event.key === ' ') {
      setDown(!down);
      if (!down) stroke(pen, pen);
    } else if (event.key === 'Delete' || event.key === 'Backspace') change(EMPTY);
    else return;
    setKeys(true);
    event.preventDefault();
  }

  return (
    <div className="grid gap-3">
      <div
        role="application"
        aria-label="Drawing pad"
        aria-describedby={helpId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys, and this one is drawn with them
        tabIndex={0}
        className="relative w-full max-w-56 cursor-crosshair touch-none rounded select-none"
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={() => {
          from.current = null;
        }}
        onPointerCancel={() => {
          from.current = null;
        }}
        onKeyDown={press}
        data-pad
      >
        <DigitPicture className="block aspect-square w-full" pixels={drawing?.pixels ?? EMPTY} ink={1} />
        {keys ? (
          <span
            className={`pointer-events-none absolute size-3 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-accent ${down ? 'bg-accent' : ''}`}
            style={{ left: `${(100 * pen.x) / SIDE}%`, top: `${(100 * pen.y) / SIDE}%` }}
          />
        ) : null}
      </div>
      <p id={helpId} className="text-sm text-secondary">
        Draw with a finger, a pen or the mouse. With keys: arrows move the pen, Space puts it down and lifts
        it, Delete clears the pad.
      </p>
      <p aria-live="polite" className="sr-only">
        {keys ? `Pen ${down ? 'down' : 'lifted'}, column ${Math.ceil(pen.x)}, row ${Math.ceil(pen.y)}.` : ''}
      </p>
      <SelectField
        label="It is meant to be a"
        value={String(label)}
        options={LABELS}
        onChange={(value) => {
          setLabel(Number(value));
          if (drawing) change(drawing.pixels, Number(value));
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => change(EMPTY)} disabled={drawing === null}>
          Clear
        </Button>
        <Button small onClick={() => onChange(null)} disabled={drawing === null}>
          Back to the test digit
        </Button>
      </div>
      <p className="text-sm text-secondary">
        Your drawing stays in this page. It is in no link and is not stored, unless you save the record of a
        run.
      </p>
    </div>
  );
}
