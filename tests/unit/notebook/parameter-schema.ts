/** What a set of parameters lets through, said a second time and in another way, to hold the notebook's own clamping to. */
import * as z from 'zod';
import type { Declarations, Parameter, ParameterSet, ValuesOf } from '@/lib/notebook/parameters';

function schemaOf(parameter: Parameter): z.ZodType {
  switch (parameter.kind) {
    case 'number': {
      const range = z.number().min(parameter.min).max(parameter.max);
      return parameter.integer ? range.int() : range;
    }
    case 'choice':
      return z.enum(parameter.options.map((option) => option.value) as [string, ...string[]]);
    case 'boolean':
      return z.boolean();
    case 'text':
      return z.string().max(parameter.maxLength);
  }
}

/** Accepts exactly what the sliders can be set to. */
export function parameterSchema<D extends Declarations>(set: ParameterSet<D>): z.ZodType<ValuesOf<D>> {
  const shape = Object.entries(set.declarations).map(([name, parameter]) => [name, schemaOf(parameter)]);
  return z.object(Object.fromEntries(shape)) as unknown as z.ZodType<ValuesOf<D>>;
}
