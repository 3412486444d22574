'use client';

import { memo, type ReactNode, useCallback, useEffect, useId, useState } from 'react';
import { Help } from '@/components/ui/help';
import {
  type BooleanParameter,
  type ChoiceParameter,
  clamp,
  type Declarations,
  type Entered,
  enteredNote,
  formatValue,
  linkKey,
  type NumberParameter,
  type Parameter,
  type ParameterSet,
  type ParameterValue,
  sliderEnds,
  type ValuesOf,
} from '@/lib/notebook';
import { useNotebook, useOnNextChange } from './notebook-provider';
import { useSettings } from './settings-of-cell';
import { movedByKey, sliderScale } from './slider-scale';
import { type Sharing, useSharing } from './use-sharing';

interface ControlProps<P extends Parameter, V> extends Partial<Sharing> {
  parameter: P;
  value: V;
  onChange(value: ParameterValue): void;
}

interface SliderProps extends ControlProps<NumberParameter, number> {
  /** While the slider moves; `onChange` by default. */
  onSlide?: ((value: ParameterValue) => void) | undefined;
  /** The value stands for one still being worked out, which will not be more. */
  atMost?: boolean;
}

interface LabelProps {
  id: string;
  parameter: Parameter;
  shared: Sharing['shared'] | undefined;
  mark: ReactNode;
}

function Label({ id, parameter, shared = null, mark }: LabelProps) {
  return (
    <span className="flex items-center gap-1.5">
      <label htmlFor={id} className="font-medium">
        {parameter.label}
      </label>
      <Help about={parameter.label} shared={shared}>
        {parameter.help}
      </Help>
      {mark}
    </span>
  );
}

/** What is being typed into a field for a number, and what was wrong with it. */
function useTyping({ parameter, value, onChange }: ControlProps<NumberParameter, number>) {
  const shown = formatValue(parameter, value);
  // What is being typed, until it is a number that can stand.
  const [typed, setTyped] = useState<string | null>(null);
  // What was typed last, until what the settings made of it has been told.
  const [entered, setEntered] = useState<Entered | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const clearNote = useCallback(() => setNote(null), []);
  // A note goes with its cause: the other end was moved, the settings were reset, a link or an undo brought others.
  useOnNextChange(note !== null, clearNote);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value set elsewhere ends what was being typed here
  useEffect(() => setTyped(null), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, of the value that the settings came to then
  useEffect(() => {
    if (entered) setNote(enteredNote(parameter, entered, value));
  }, [entered]);

  function commit() {
    if (typed === null) return;
    setTyped(null);
    // A field that was only looked into keeps the digits behind those that it shows.
    if (typed === shown) return clearNote();
    const read = clamp(parameter, typed, value);
    setEntered({ text: typed, asked: Number(read.value), note: read.note });
    if (read.value !== value) onChange(read.value);
  }
  return { text: typed ?? shown, shown, note, setTyped, commit, clearNote };
}

type Typing = ReturnType<typeof useTyping>;

function NumberField({
  parameter: { label, unit },
  typing: { text, note, setTyped, commit },
  noteId,
  atMost = false,
}: {
  parameter: NumberParameter;
  typing: Typing;
  noteId: string;
  atMost?: boolean;
}) {
  return (
    <span className="flex items-baseline gap-1" data-at-most={atMost || undefined}>
      {atMost ? (
        <span className="text-secondary" title="At most: the exact number is being worked out">
          ≤
        </span>
      ) : null}
      <input
        type="text"
        inputMode="decimal"
        aria-label={`${label}, value`}
        aria-invalid={note !== null}
        aria-describedby={note ? noteId : undefined}
        value={text}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setTyped(null);
        }}
        className="w-20 rounded-control border border-line-strong bg-surface px-2 py-0.5 text-right tabular-nums hover:border-text aria-invalid:border-danger"
      />
      {unit ? <span className="text-sm text-secondary">{unit}</span> : null}
    </span>
  );
}

/** What was wrong with what was typed. Not for those who only watch: neither on a projector nor on paper. */
function FieldNote({ id, note }: { id: string; note: string | null }) {
  return note ? (
    <p id={id} role="status" data-field-note className="no-print text-sm text-danger">
      {note}
    </p>
  ) : null;
}

/** A slider and a field for the same number; they say the same in every way. */
export function ParameterSlider({
  parameter,
  value,
  onChange,
  onSlide = onChange,
  atMost = false,
  shared,
  mark,
}: SliderProps) {
  const id = useId();
  const noteId = useId();
  const scale = sliderScale({ ...parameter, ...sliderEnds(parameter) });
  const typing = useTyping({ parameter, value, onChange });
  const { shown, note, clearNote } = typing;
  const position = scale.position(value);
  return (
    <div className="grid gap-0.5" data-parameter={parameter.label}>
      <div className="flex items-center justify-between gap-2">
        <Label id={id} parameter={parameter} shared={shared} mark={mark} />
        <NumberField parameter={parameter} typing={typing} noteId={noteId} atMost={atMost} />
      </div>
      <input
        id={id}
        type="range"
        className="slider"
        style={{ '--fill': `${(100 * position) / scale.max}%` } as React.CSSProperties}
        min={0}
        max={scale.max}
        step={1}
        value={position}
        aria-valuetext={`${atMost ? 'at most ' : ''}${shown}${parameter.unit ? ` ${parameter.unit}` : ''}`}
        onChange={(event) => {
          clearNote();
          onSlide(scale.value(Number(event.target.value)));
        }}
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          const next = movedByKey(scale, value, event.key);
          if (next === null) return;
          event.preventDefault();
          clearNote();
          if (next !== value) onSlide(next);
        }}
      />
      <FieldNote id={noteId} note={note} />
    </div>
  );
}

/** A draw by chance: its number, to be repeated by, and a die for another one. */
export function ParameterSeed({
  parameter,
  value,
  onChange,
  shared,
  mark,
}: ControlProps<NumberParameter, number>) {
  const id = useId();
  const noteId = useId();
  const typing = useTyping({ parameter, value, onChange });
  return (
    <div className="grid gap-0.5" data-parameter={parameter.label}>
      <div className="flex min-h-10 items-center justify-between gap-2">
        <Label id={id} parameter={parameter} shared={shared} mark={mark} />
        <span className="flex items-center gap-2">
          <NumberField parameter={parameter} typing={typing} noteId={noteId} />
          <button
            id={id}
            type="button"
            aria-label={`${parameter.label}: draw another`}
            title="Draw another"
            onClick={() => {
              typing.clearNote();
              // One after the other, so that the way back is known.
              onChange(value >= parameter.max ? parameter.min : value + 1);
            }}
            className="grid h-9 w-9 place-items-center rounded-control border border-line-strong bg-surface hover:border-text"
          >
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
              <rect
                x="2"
                y="2"
                width="16"
                height="16"
                rx="4"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.5"
              />
              {[
                [6.5, 6.5],
                [13.5, 6.5],
                [10, 10],
                [6.5, 13.5],
                [13.5, 13.5],
              ].map(([cx, cy]) => (
                <circle key={`${cx} ${cy}`} cx={cx} cy={cy} r="1.5" fill="currentColor" />
              ))}
            </svg>
          </button>
        </span>
      </div>
      <FieldNote id={noteId} note={typing.note} />
    </div>
  );
}

export function ParameterChoice({
  parameter,
  value,
  onChange,
  shared,
  mark,
}: ControlProps<ChoiceParameter, string>) {
  const id = useId();
  return (
    <div className="grid gap-1" data-parameter={parameter.label}>
      <Label id={id} parameter={parameter} shared={shared} mark={mark} />
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-10 w-full rounded-control border border-line-strong bg-surface px-2 hover:border-text"
      >
        {parameter.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export function ParameterToggle({
  parameter,
  value,
  onChange,
  shared,
  mark,
}: ControlProps<BooleanParameter, boolean>) {
  const id = useId();
  return (
    <div className="flex min-h-8 items-center gap-2" data-parameter={parameter.label}>
      <input
        id={id}
        type="checkbox"
        checked={value}
        onChange={(event) => onChange(event.target.checked)}
        className="h-5 w-5 accent-(--accent)"
      />
      <Label id={id} parameter={parameter} shared={shared} mark={mark} />
    </div>
  );
}

interface NamedControlProps {
  name: string;
  parameter: Parameter;
  value: ParameterValue;
  onSet(name: string, value: ParameterValue): void;
  onSlide: ((name: string, value: ParameterValue) => void) | undefined;
  atMost: boolean;
}

/** Drawn anew only when its own value changes: a running cell draws itself many times a second. */
const Control = memo(function Control({ name, parameter, value, onSet, onSlide, atMost }: NamedControlProps) {
  const onChange = (next: ParameterValue) => onSet(name, next);
  const slid = onSlide && ((next: ParameterValue) => onSlide(name, next));
  const common = { onChange, ...useSharing(name, parameter, value) };
  switch (parameter.kind) {
    case 'number':
      return parameter.seed ? (
        <ParameterSeed parameter={parameter} value={Number(value)} {...common} />
      ) : (
        <ParameterSlider
          parameter={parameter}
          value={Number(value)}
          onSlide={slid}
          atMost={atMost}
          {...common}
        />
      );
    case 'choice':
      return <ParameterChoice parameter={parameter} value={String(value)} {...common} />;
    case 'boolean':
      return <ParameterToggle parameter={parameter} value={Boolean(value)} {...common} />;
    case 'text':
      return null;
  }
});

/** A setting that whoever set an assignment has fixed: it says its value, and stays. */
function Fixed({ children }: { children: ReactNode }) {
  return (
    <fieldset disabled data-fixed className="min-w-0">
      {children}
      <p className="text-sm text-secondary">Fixed in this assignment.</p>
    </fieldset>
  );
}

const NONE: readonly string[] = [];

/** The setting that a cell is about: above its figure, as wide as that. Inside of the cell's controls, wherever it stands there. */
export function Hero({ children }: { children: ReactNode }) {
  return (
    <div data-hero-panel>
      <div data-hero>{children}</div>
    </div>
  );
}

export interface ParameterPanelProps<D extends Declarations> {
  set: ParameterSet<D>;
  values: ValuesOf<D>;
  onChange(name: keyof D & string, value: ParameterValue): void;
  /** While a slider moves; `onChange` by default. */
  onSlide?: (name: keyof D & string, value: ParameterValue) => void;
  /** Values that are an upper bound on one still being worked out. */
  provisional?: readonly string[];
  /** Only these, in this order; all by default. */
  only?: readonly (keyof D & string)[];
}

/**
 * The controls of a parameter set, straight from its declarations. Of a set with a hero, the others are drawn when the cell’s “More
 * settings” are opened: a page of ten cells has a hundred of them.
 */
export function ParameterPanel<D extends Declarations>({
  set,
  values,
  onChange,
  onSlide,
  provisional = NONE,
  only,
}: ParameterPanelProps<D>) {
  const { hiddenKeys, fixedKeys } = useNotebook();
  const { folded, moves } = useSettings(only ?? Object.keys(set.declarations));
  const { hero } = set;
  const names = (only ?? (Object.keys(set.declarations) as (keyof D & string)[])).filter(
    (name) => !hiddenKeys.has(linkKey(name, set.declarations[name]!)),
  );
  const onSet = useCallback(
    (name: string, value: ParameterValue) => {
      onChange(name as keyof D & string, value);
      moves(name);
    },
    [onChange, moves],
  );
  const slid = useCallback(
    (name: string, value: ParameterValue) => {
      (onSlide ?? onChange)(name as keyof D & string, value);
      moves(name);
    },
    [onSlide, onChange, moves],
  );
  const control = (name: keyof D & string) => {
    const shown = (
      <Control
        key={name}
        name={name}
        parameter={set.declarations[name]!}
        value={values[name] as ParameterValue}
        onSet={onSet}
        onSlide={slid}
        atMost={provisional.includes(name)}
      />
    );
    return fixedKeys.has(linkKey(name, set.declarations[name]!)) ? <Fixed key={name}>{shown}</Fixed> : shown;
  };
  if (hero === undefined || folded === null) return <div className="grid gap-4">{names.map(control)}</div>;
  return (
    <div data-hero-panel>
      {names.includes(hero) ? <div data-hero>{control(hero)}</div> : null}
      {folded ? null : names.filter((name) => name !== hero).map(control)}
    </div>
  );
}
