import { useId } from 'react';

export interface SelectFieldProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChange(value: string): void;
  /** For filters beside a list, which are smaller than what is listed. */
  quiet?: boolean;
}

/** One choice of several, with its label above it. */
export function SelectField({ label, value, options, onChange, quiet = false }: SelectFieldProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className={quiet ? 'text-sm text-secondary' : 'font-medium'}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`w-full min-w-0 rounded-control border bg-surface px-2 ${quiet ? 'min-h-9 border-line hover:border-line-strong' : 'min-h-10 border-line-strong'}`}
      >
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
