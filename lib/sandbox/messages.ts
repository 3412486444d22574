/** What may come out of the sandbox. All of it is a stranger's: checked before anything looks at it. */
import * as z from 'zod';

const text = z.string().transform((words) => (words.length > 20_000 ? `${words.slice(0, 20_000)}…` : words));
const finite = z.number().nullable();
const label = z.string().max(200);

export const chartSchema = z.object({
  title: label.default('Chart'),
  x: z.union([label, z.object({ label, scale: z.enum(['linear', 'log']).optional() })]).default('x'),
  y: z.union([label, z.object({ label, scale: z.enum(['linear', 'log']).optional() })]).default('y'),
  /** Points as [x, y]. */
  series: z
    .array(
      z.object({
        label: label.default('series'),
        points: z.array(z.tuple([z.number(), finite])).max(5000),
        dots: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(4),
});
export type ChartSpec = z.output<typeof chartSchema>;

export const tableSchema = z.object({
  title: label.default('Table'),
  columns: z.array(label).min(1).max(30),
  rows: z.array(z.array(z.union([z.string().max(1000), finite])).max(30)).max(2000),
});
export type TableSpec = z.output<typeof tableSchema>;

export const barsSchema = z.object({
  title: label.default('Bars'),
  x: label.default(''),
  y: label.default('value'),
  /** A bar each, with the ends of an interval around it where there is one. */
  bars: z
    .array(z.object({ label, value: z.number(), low: z.number().optional(), high: z.number().optional() }))
    .min(1)
    .max(64),
});
export type BarsSpec = z.output<typeof barsSchema>;

export const sandboxMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('log'), level: z.enum(['log', 'warn', 'error']), text }),
  z.object({
    type: z.literal('call'),
    id: z.number().int().positive(),
    name: z.enum(['run', 'detect', 'privacy', 'mechanism', 'noise']),
    options: z.record(z.string(), z.unknown()),
  }),
  z.object({ type: z.literal('show'), what: z.enum(['chart', 'bars', 'table']), value: z.unknown() }),
  /** Code whose functions are asked from outside is there; some of those it should have may be missing. */
  z.object({ type: z.literal('opened'), missing: z.array(label).max(20) }),
  /** Whatever its functions gave back: read by whoever asked. */
  z.object({ type: z.literal('answers'), id: z.number().int().positive(), answers: z.array(z.unknown()) }),
  z.object({ type: z.literal('done'), text: text.nullable() }),
  z.object({
    type: z.literal('error'),
    name: z.string().max(200),
    message: text,
    line: z.number().int().positive().nullable().catch(null),
  }),
]);
export type SandboxMessage = z.output<typeof sandboxMessageSchema>;

export const KILLED_IN_WORDS: Readonly<Record<string, string>> = {
  flood:
    'The code sent more than 200 messages in a second and was stopped. Print less, or collect into one table.',
  large: 'The code sent a message of more than 2 MB and was stopped. Send less at a time.',
  message: 'The code sent something that cannot be written down and was stopped.',
  endless:
    'The code ran for 10 seconds without a pause and was stopped. Is there an endless loop? Pause with `await lab.sleep(0)`.',
  gone: 'The sandbox broke off, probably because the code took more memory than there is. Nothing else was harmed.',
  missing: 'The sandbox that code runs in could not be loaded. Is the network there? Press Run again.',
  error: 'The code broke and was stopped.',
};
