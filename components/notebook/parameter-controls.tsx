'use client';

import { memo, useCallback, useEffect, useId, useState } from 'react';
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
  type ValuesOf,
} from '@/lib/notebook';
import { useNotebook, useOnNextChange } from './notebook-provider';
import { movedByKey, sliderScale } from './slider-scale';

interface ControlProps<P extends Parameter, V> {
  parameter: P;
  value: V;
  onChange(value: ParameterValue): void;
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
export function ParameterSlider({ parameter, value, onChange }: ControlProps<NumberParameter, number>) {
  const id = useId();
  const noteId = useId();
  const scale = sliderScale(parameter);
  const shown = formatValue(parameter, value);
  // What is being typed, until it is a number that can stand.
  const [typed, setTyped] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  // A note goes with its cause: the other end was moved, the settings were reset, a link or an undo brought others.
  useOnNextChange(
    note !== null,
    useCallback(() => setNote(null), []),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value set elsewhere ends what was being typed here
  useEffect(() => setTyped(null), [value]);

  const position = scale.position(value);
  const spoken = parameter.unit ? `${shown} ${parameter.unit}` : shown;

  function commit() {
    if (typed === null) return;
    const read = clamp(parameter, typed, value);
    setTyped(null);
    // As it was shown: a field that was only looked into keeps the digits behind those shown.
    if (typed === shown) return setNote(null);
    setNote(read.note);
    if (read.value !== value) onChange(read.value);
  }

  return (
    <div className="grid gap-0.5" data-parameter={parameter.label}>
      <div className="flex items-center justify-between gap-2">
        <Label id={id} parameter={parameter} />
        <span className="flex items-baseline gap-1">
          <input
            type="text"
            inputMode="decimal"
            aria-label={`${parameter.label}, value`}
            aria-invalid={note !== null}
            aria-describedby={note ? noteId : undefined}
            value={typed ?? shown}
            onChange={(event) => setTyped(event.target.value)}
            onFocus={(event) => event.target.select()}
            onBlur={commit}
            onKeyDown={(event) => {
              if (event.key === 'Enter') commit();
              if (event.key === 'Escape') setTyped(null);
            }}
            className="w-20 rounded-control border border-line-strong bg-surface px-2 py-0.5 text-right tabular-nums hover:border-text aria-invalid:border-danger"
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
          onChange(scale.value(Number(event.target.value)));
        }}
        onKeyDown={(event) => {
          const next =
            event.altKey || event.ctrlKey || event.metaKey ? null : movedByKey(scale, value, event.key);
          if (next === null) return;
          event.preventDefault();
          setNote(null);
          if (next !== value) onChange(next);
        }}
      />
      {note ? (
        <p id={noteId} role="status" data-field-note className="no-print text-sm text-danger">
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
}

/** Drawn anew only when its own value changes: a running cell draws itself many times a second. */
const Control = memo(function Control({ name, parameter, value, onSet }: NamedControlProps) {
  const onChange = (next: ParameterValue) => onSet(name, next);
  switch (parameter.kind) {
    case 'number':
      return <ParameterSlider parameter={parameter} value={Number(value)} onChange={onChange} />;
    case 'choice':
      return <ParameterChoice parameter={parameter} value={String(value)} onChange={onChange} />;
    case 'boolean':
      return <ParameterToggle parameter={parameter} value={Boolean(value)} onChange={onChange} />;
    case 'text':
      return null;
  }
});

export interface ParameterPanelProps<D extends Declarations> {
  set: ParameterSet<D>;
  values: ValuesOf<D>;
  onChange(name: keyof D & string, value: ParameterValue): void;
  /** Only these, in this order; all by default. */
  only?: readonly (keyof D & string)[];
}

/** The controls of a parameter set, straight from its declarations. */
export function ParameterPanel<D extends Declarations>({
  set,
  values,
  onChange,
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
        />
      ))}
    </div>
  );
}
