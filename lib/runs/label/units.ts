/** Units of privacy, as sentences count them. */
const MANY: Readonly<Record<string, string>> = {
  person: 'people',
  canary: 'canaries',
  'group of pixels': 'groups of pixels',
};

export const manyOf = (unit: string): string => MANY[unit] ?? `${unit}s`;
