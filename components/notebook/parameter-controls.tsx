'use client';

import { memo, useEffect, useId, useState } from 'react';
import { Help } from '@/components/ui/help';
import {
  type BooleanParameter,
  type ChoiceParameter,
  clamp,
  type Declarations,
  formatValue,
  linkKey,
  type NumberParameter,
  type Parameter,
  type ParameterSet,
  type ParameterValue,
  sliderEnds,
  type ValuesOf,
} from '@/lib/notebook';
import { useNotebook } from './notebook-provider';
import { sliderScale } from './slider-scale';

interface ControlProps<P extends Parameter, V> {
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

function Label({ id, parameter }: { id: string; parameter: Parameter }) {
  return (
    <span className="flex items-center gap-1.5">
      <label htmlFor={id} className="font-medium">
        {parameter.label}
      </label>
      <Help about={parameter.label}>{parameter.help}</Help>
    </span>
  );
}

/** A slider and a field for the same number; they say the same in every way. */
export function ParameterSlider({
  parameter,
  value,
  onChange,
  onSlide = onChange,
  atMost = false,
}: SliderProps) {
  const id = useId();
  const noteId = useId();
  const ends = sliderEnds(parameter);
  const scale = sliderScale({ ...parameter, ...ends });
  const shown = formatValue(parameter, value);
  // What is being typed, until it is a number that can stand.
  const [typed, setTyped] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value set elsewhere ends what was being typed here
  useEffect(() => setTyped(null), [value]);

  const position = scale.position(Math.min(ends.max, value));
  const spoken = `${atMost ? 'at most ' : ''}${shown}${parameter.unit ? ` ${parameter.unit}` : ''}`;

  function commit() {
    if (typed === null) return;
    const read = clamp(parameter, typed.replace(',', '.'));
    setNote(read.note);
    setTyped(null);
    if (read.value !== value) onChange(read.value);
  }

  return (
    <div className="grid gap-0.5" data-parameter={parameter.label}>
      <div className="flex items-center justify-between gap-2">
        <Label id={id} parameter={parameter} />
        <span className="flex items-baseline gap-1" data-at-most={atMost || undefined}>
          {atMost ? (
            <span className="text-secondary" title="At most: the exact number is being worked out">
              ≤
            </span>
          ) : null}
          <input
            type="text"
            inputMode="decimal"
            aria-label={`${parameter.label}, value`}
            aria-describedby={note ? noteId : undefined}
            value={typed ?? shown}
            onChange={(event) => setTyped(event.target.value)}
            onFocus={(event) => event.target.select()}
            onBlur={commit}
            onKeyDown={(event) => {
              if (event.key === 'Enter') commit();
              if (event.key === 'Escape') setTyped(null);
            }}
            className="w-20 rounded-control border border-line-strong bg-surface px-2 py-0.5 text-right tabular-nums hover:border-text"
          />
          {parameter.unit ? <span className="text-sm text-secondary">{parameter.unit}</span> : null}
        </span>
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
        aria-valuetext={spoken}
        onChange={(event) => {
          setNote(null);
          onSlide(scale.value(Number(event.target.value)));
        }}
        onKeyDown={(event) => {
          const by = event.key === 'PageUp' ? scale.page : event.key === 'PageDown' ? -scale.page : 0;
          if (by === 0) return;
          event.preventDefault();
          onSlide(scale.value(Math.min(scale.max, Math.max(0, position + by))));
        }}
      />
      {note ? (
        <p id={noteId} role="status" className="text-sm text-danger">
          {note}
        </p>
      ) : null}
    </div>
  );
}

export function ParameterChoice({ parameter, value, onChange }: ControlProps<ChoiceParameter, string>) {
  const id = useId();
  return (
    <div className="grid gap-1" data-parameter={parameter.label}>
      <Label id={id} parameter={parameter} />
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

export function ParameterToggle({ parameter, value, onChange }: ControlProps<BooleanParameter, boolean>) {
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
      <Label id={id} parameter={parameter} />
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
  switch (parameter.kind) {
    case 'number':
      return (
        <ParameterSlider
          parameter={parameter}
          value={Number(value)}
          onChange={onChange}
          onSlide={slid}
          atMost={atMost}
        />
      );
    case 'choice':
      return <ParameterChoice parameter={parameter} value={String(value)} onChange={onChange} />;
    case 'boolean':
      return <ParameterToggle parameter={parameter} value={Boolean(value)} onChange={onChange} />;
    case 'text':
      return null;
  }
});

const NONE: readonly string[] = [];

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

/** The controls of a parameter set, straight from its declarations. */
export function ParameterPanel<D extends Declarations>({
  set,
  values,
  onChange,
  onSlide,
  provisional = NONE,
  only,
}: ParameterPanelProps<D>) {
  const { hiddenKeys } = useNotebook();
  const names = (only ?? (Object.keys(set.declarations) as (keyof D & string)[])).filter(
    (name) => !hiddenKeys.has(linkKey(name, set.declarations[name]!)),
  );
  return (
    <div className="grid gap-4">
      {names.map((name) => (
        <Control
          key={name}
          name={name}
          parameter={set.declarations[name]!}
          value={values[name] as ParameterValue}
          onSet={onChange as NamedControlProps['onSet']}
          onSlide={onSlide as NamedControlProps['onSlide']}
          atMost={provisional.includes(name)}
        />
      ))}
    </div>
  );
}
