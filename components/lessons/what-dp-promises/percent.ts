/** A share as a percentage with its unit. */
export const percent = (value: number, digits = 1) => `${(100 * value).toFixed(digits)} %`;
