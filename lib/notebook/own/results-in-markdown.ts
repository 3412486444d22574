/** Results in Markdown, for readers elsewhere: every word of a result is only a word, also where it looks like Markdown, HTML or a formula. */
import { formatNumber } from '../parameters';
import {
  type CellResult,
  type CodeResult,
  NOT_KEPT_IN_WORDS,
  type ResultLabel,
  type ResultTable,
} from './results';
import {
  endInWords,
  metricsOfRows,
  noiseInWords,
  originInWords,
  type RunRow,
  settingOf,
  settingsThatTell,
} from './run-table';

/** On one line, with everything escaped that Markdown, HTML or a formula would take for its own. */
export const asWords = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|$#~&]/g, '\\$&');

/** 2026-11-30T20:15:00.000Z → "2026-11-30 20:15 UTC" */
export const asOf = (iso: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : 'an unknown time';

type Value = string | number | null;
const written = (value: Value) =>
  value === null ? '–' : typeof value === 'number' ? formatNumber(value) : asWords(value);

export function markdownTable(columns: readonly string[], rows: readonly (readonly Value[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(asWords)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((_, at) => written(row[at] ?? null)))),
  ].join('\n');
}

/** What a run was charged, in words. */
export function priceInWords({ epsilon, delta, noise, refused }: RunRow): string {
  if (refused) return 'refused by the budget: nothing was computed';
  if (noise === 'seeded') return 'none: its noise was seeded, so it can be repeated and is not private';
  if (epsilon === null || delta === null) return 'none: it has no noise that protects';
  return `ε = ${formatNumber(epsilon)} at δ = ${formatNumber(delta)}`;
}

/** What stands above the outputs of code. */
export const codeInMarkdown = ({ at, gone, moved }: CodeResult): string =>
  [
    `**Put out by the code above, as of ${asOf(at)}.**`,
    moved ? 'The code has been changed since: this is what it put out before.' : '',
    gone > 0 ? `${gone} older ${gone === 1 ? 'output was' : 'outputs were'} not kept.` : '',
  ]
    .filter(Boolean)
    .join(' ');

export function resultInMarkdown({ run, headline, moved, pictures, leftOut, notKept }: CellResult): string {
  const { metrics, every, settings } = run;
  const facts: [string, Value][] = [
    ...Object.entries(metrics),
    ...(every ?? settings).map(({ label, value }): [string, Value] => [`setting: ${label}`, value]),
    ['ε charged', priceInWords(run)],
    ['noise', noiseInWords(run)],
    ['backend', run.backend ?? 'none needed'],
    ['time', `${formatNumber(run.seconds)} s`],
  ];
  return [
    `**Result of “${asWords(run.title)}”, as of ${asOf(run.finishedAt)}** (${originInWords(run)}).`,
    headline === '' ? '' : asWords(headline),
    markdownTable(['what', 'value'], facts),
    moved ? 'The settings of the cell have been moved since: this is the result of the settings above.' : '',
    notKept ? NOT_KEPT_IN_WORDS[notKept] : '',
    pictures.length + leftOut === 0 && !notKept ? 'There is no picture of it.' : '',
    leftOut > 0 ? `${leftOut} more pictures were too large for this file.` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

export const labelInMarkdown = ({ label, fields }: ResultLabel): string =>
  [
    `**Privacy label: ${asWords(label.title)}**`,
    markdownTable(
      ['field', 'what it says'],
      fields.map(([name, says]) => [name, typeof says === 'string' ? says : says.join('; ')]),
    ),
  ].join('\n\n');

/** A table a cell, each with the settings that tell its runs apart and what they found. */
export function runsInMarkdown(runs: readonly RunRow[]): string {
  const numbers = new Map(runs.map((run, at) => [run, at + 1]));
  const cells = new Map<string, RunRow[]>();
  for (const run of runs) cells.set(run.cell, [...(cells.get(run.cell) ?? []), run]);
  const tables = [...cells.values()].map((rows) => {
    const settings = settingsThatTell(rows);
    const metrics = metricsOfRows(rows);
    return [
      `**${asWords(rows[0]!.title)}**`,
      markdownTable(
        ['run', ...settings, ...metrics, 'ε charged (nats)', 'noise', 'seconds', 'as of', 'origin'],
        rows.map((row) => [
          ...[numbers.get(row)!, ...settings.map((label) => settingOf(row, label))],
          ...metrics.map((name) => row.metrics[name] ?? null),
          ...[row.refused ? 'refused' : (row.epsilon ?? 'none'), noiseInWords(row), row.seconds],
          ...[asOf(row.finishedAt), [originInWords(row), endInWords(row)].filter(Boolean).join('; ')],
        ]),
      ),
    ].join('\n\n');
  });
  return ['## Runs', ...tables].join('\n\n');
}

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`).replace(/[\r\n]+/g, ' ');

/** The same table for readers that draw HTML: escaped, and without a single attribute. */
export function htmlTable({ title, columns, rows }: ResultTable): string {
  const cells = (tag: 'td' | 'th', values: readonly Value[]) =>
    `<tr>${values.map((value) => `<${tag}>${value === null ? '–' : escaped(String(value))}</${tag}>`).join('')}</tr>`;
  return `<table><caption>${escaped(title)}</caption><thead>${cells('th', columns)}</thead><tbody>${rows
    .map((row) => cells('td', row))
    .join('')}</tbody></table>`;
}

/** For readers that draw nothing: columns parted by tabs. */
export const plainTable = ({ title, columns, rows }: ResultTable): string =>
  [
    title,
    [...columns].join('\t'),
    ...rows.map((row) => columns.map((_, at) => (row[at] === null ? '–' : String(row[at] ?? ''))).join('\t')),
  ].join('\n');
