/** Reads code before it runs: where it is no JavaScript, and what its last line is worth. */
import { type Expression, type ExpressionStatement, parse } from 'acorn';

export interface Fault {
  message: string;
  /** From 1. */
  line: number;
  /** From 1; null where only the line is known. */
  column: number | null;
}

/** It runs inside an asynchronous function. */
const OPTIONS = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
} as const;

const IMPORTS = /'import' and 'export' may (only )?appear/;

/** The same code, line for line, in which a last expression is returned; or what is wrong with it. */
export function readCode(code: string): { code: string; fault: null } | { code: null; fault: Fault } {
  try {
    const last = parse(code, OPTIONS).body.at(-1);
    return { code: last?.type === 'ExpressionStatement' ? returning(code, last) : code, fault: null };
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: { line: number; column: number } };
    // The parser puts the place at the end of its words.
    const words = message.replace(/ \(\d+:\d+\)$/, '');
    return {
      code: null,
      fault: {
        message: IMPORTS.test(words)
          ? 'There is nothing to import or export here: code has lab, console and what the language has.'
          : words,
        line: loc?.line ?? 1,
        column: loc ? loc.column + 1 : null,
      },
    };
  }
}

/** Brackets around it are part of the statement, not of the expression: so the statement is taken, without its semicolon. */
function returning(code: string, { start, end }: ExpressionStatement & { expression: Expression }): string {
  const expression = code.slice(start, end).replace(/;$/, '');
  return `${code.slice(0, start)}return (${expression}\n)${code.slice(end)}`;
}

/** The line at fault, with a mark under it. */
export function excerptOf(code: string, { line, column }: Pick<Fault, 'line' | 'column'>): string {
  const text = code.split('\n')[line - 1];
  if (text === undefined || text.length > 200) return '';
  const before = `${line} | `;
  const mark = column === null ? '' : `\n${' '.repeat(before.length + column - 1)}^`;
  return `${before}${text}${mark}`;
}
