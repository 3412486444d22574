/**
 * A lesson as a notebook to change: its cells in order, its prose as Markdown. Made from the lesson's own source when the site is built,
 * so that it never differs from it. Not for the browser: it brings the MDX parser along.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createProcessor } from '@mdx-js/mdx';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import type { NotebookDocument, OwnCell } from './document';
import { type MarkdownOption, questionMarkdown } from './question';

/** The part of an MDAST node that is looked at. */
interface Node {
  type: string;
  name?: string;
  depth?: number;
  url?: string;
  value?: string;
  children?: Node[];
  attributes?: { type: string; name?: string; value?: unknown }[];
  data?: { estree?: { body: EsNode[] } };
  position?: { start: { offset?: number }; end: { offset?: number } };
}

interface EsNode {
  type: string;
  [field: string]: unknown;
}

export class LessonSourceError extends Error {
  override readonly name = 'LessonSourceError';
}

/** The value of an expression without names or calls: what attributes of a lesson are. */
function literal(node: EsNode): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'TemplateLiteral': {
      const [first, ...more] = node.quasis as { value: { cooked: string } }[];
      if (more.length === 0) return first!.value.cooked;
      break;
    }
    case 'ArrayExpression':
      return (node.elements as EsNode[]).map(literal);
    case 'ObjectExpression':
      return Object.fromEntries(
        (node.properties as { key: { name?: string; value?: string }; value: EsNode }[]).map(
          ({ key, value }) => [key.name ?? key.value, literal(value)],
        ),
      );
  }
  throw new LessonSourceError(`An attribute of a lesson is no plain value, but a ${node.type}.`);
}

/** @returns undefined where the attribute is missing */
function attribute(node: Node, name: string): unknown {
  const found = node.attributes?.find((one) => one.name === name);
  if (!found) return undefined;
  if (typeof found.value !== 'object' || found.value === null) return found.value ?? true;
  const { data } = found.value as { data?: { estree?: { body: { expression: EsNode }[] } } };
  return literal(data!.estree!.body[0]!.expression);
}

/** The name that an attribute's expression is, where it is no more than a name. */
function nameIn(node: Node, name: string): string | null {
  const { value } = node.attributes?.find((one) => one.name === name) ?? {};
  if (typeof value !== 'object' || value === null) return null;
  const { data } = value as { data?: { estree?: { body: { expression: EsNode }[] } } };
  const expression = data!.estree!.body[0]!.expression;
  return expression.type === 'Identifier' ? String(expression.name) : null;
}

/** Texts of files that a lesson imports as they are (`?raw`), by the name it gives them. */
function importedTexts(tree: Node): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { data } of tree.children ?? [])
    for (const statement of data?.estree?.body ?? []) {
      if (statement.type !== 'ImportDeclaration') continue;
      const file = /^@\/(.+)\?raw$/.exec(String((statement.source as { value: unknown }).value))?.[1];
      if (!file) continue;
      for (const { local } of statement.specifiers as { local: { name: string } }[])
        texts.set(local.name, readFileSync(resolve(process.cwd(), file), 'utf8'));
    }
  return texts;
}

const textAttribute = (node: Node, name: string): string => String(attribute(node, name) ?? '');

/** Names of imported cells, by the file that they come from; a choice of data set stands for its folder's own cell. */
function importedCells(tree: Node): Map<string, string> {
  const cells = new Map<string, string>();
  for (const { data } of tree.children ?? [])
    for (const statement of data?.estree?.body ?? []) {
      if (statement.type !== 'ImportDeclaration') continue;
      const file = String((statement.source as { value: unknown }).value);
      const cell = /^@\/components\/lessons\/[a-z0-9-]+\/([a-z0-9-]+)\/(?:cell|data-set)$/.exec(file)?.[1];
      if (!cell) continue;
      for (const { local } of statement.specifiers as { local: { name: string } }[])
        cells.set(local.name, cell);
    }
  return cells;
}

/** An address in a lesson, as it is from `/lab/`. */
function addressFromLab(url: string, slug: string): string {
  if (/^[a-z][a-z0-9+.-]*:|^#|^\/\//i.test(url)) return url;
  const { pathname, search, hash } = new URL(url, `https://site.invalid/lessons/${slug}/`);
  return `..${pathname}${search}${hash}`;
}

const quoted = (markdown: string) =>
  markdown
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

/** The source of a lesson as Markdown: as it stands, but for what only a lesson knows. */
class Prose {
  constructor(
    private readonly source: string,
    private readonly slug: string,
  ) {}

  /** Of several blocks, or of the parts of one. */
  children(node: Node, between = '\n\n'): string {
    return (node.children ?? [])
      .map((child) => this.of(child))
      .filter((markdown) => markdown !== '')
      .join(between);
  }

  of(node: Node): string {
    switch (node.name) {
      case 'Term':
        return `[${this.children(node, '')}](../glossary/#${textAttribute(node, 'id')})`;
      case 'Question':
        return questionMarkdown(
          textAttribute(node, 'prompt'),
          attribute(node, 'options') as MarkdownOption[],
        );
      case 'Opening':
        return this.children(node);
      case 'Callout':
        return quoted(`**${textAttribute(node, 'title')}**\n\n${this.children(node)}`);
      case 'Definition':
        return `### ${textAttribute(node, 'title')}\n\n${this.children(node)}`;
      case 'Formula':
        return `${this.children(node)}\n\n*In words: ${textAttribute(node, 'spoken')}*`;
    }
    // Accounts and sources belong to the lesson's page.
    if (/^mdx/.test(node.type)) return '';
    return this.#sliced(node);
  }

  /** The node as it was written, with what is inside of it put in the place of its own. */
  #sliced(node: Node): string {
    const start = node.position!.start.offset!;
    const end = node.position!.end.offset!;
    let out = '';
    let at = start;
    const replace = (inner: Node) => {
      const from = inner.position!.start.offset!;
      const to = inner.position!.end.offset!;
      const markdown = this.of(inner);
      out += this.source.slice(at, from) + markdown;
      at = to;
    };
    const walk = (inner: Node) => {
      for (const child of inner.children ?? []) {
        if (/^mdx/.test(child.type)) replace(child);
        else walk(child);
      }
      // The address stands after the words.
      if (inner.type === 'link' && inner.url !== undefined) {
        const close = inner.position!.end.offset!;
        const tail = this.source.slice(at, close);
        out += tail.replace(`](${inner.url})`, () => `](${addressFromLab(inner.url!, this.slug)})`);
        at = close;
      }
    };
    walk(node);
    return out + this.source.slice(at, end);
  }
}

/**
 * @param source the text of `app/lessons/<slug>/page.mdx`
 * @returns a notebook whose ids are places in the lesson, the same at every build
 */
export function notebookOfLesson(source: string, slug: string, title: string): NotebookDocument {
  const tree = createProcessor({ remarkPlugins: [remarkGfm, remarkMath] }).parse(source) as unknown as Node;
  const imported = importedCells(tree);
  const texts = importedTexts(tree);
  const prose = new Prose(source, slug);
  const cells: OwnCell[] = [];
  let blocks: string[] = [];
  const nextId = () => `${slug}-${cells.length + 1}`;
  const endText = () => {
    const text = blocks.join('\n\n').trim();
    blocks = [];
    if (text !== '') cells.push({ id: nextId(), kind: 'text', text });
  };
  for (const node of tree.children ?? []) {
    const cell = node.name === undefined ? undefined : imported.get(node.name);
    if (cell !== undefined) {
      endText();
      cells.push({ id: nextId(), kind: 'cell', cell, settings: '' });
    } else if (node.name === 'CodeCell') {
      endText();
      cells.push({
        ...{ id: nextId(), kind: 'code', title: textAttribute(node, 'title') },
        code: (texts.get(nameIn(node, 'code') ?? '') ?? textAttribute(node, 'code')).trim(),
      });
    } else if (node.type !== 'heading' || node.depth !== 1) {
      // A section is a cell of its own, so that it can be moved.
      if (node.type === 'heading' && node.depth === 2) endText();
      const markdown = prose.of(node);
      if (markdown !== '') blocks.push(markdown);
    }
  }
  endText();
  return { id: slug, title, from: slug, cells };
}
