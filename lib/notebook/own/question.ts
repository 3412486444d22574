/**
 * Questions in Markdown: a paragraph in bold, then a list of answers to tick, each with its reason below it.
 *
 *     **How often can they be right?**
 *
 *     - [ ] Always
 *       - The noise prevents it.
 *     - [x] 70 % of the time
 *       - Exactly 69.7 %.
 *
 * In Jupyter and elsewhere it reads as a list. Here it can be answered.
 */

export interface MarkdownOption {
  label: string;
  reason: string;
  correct?: boolean;
}

/** One line, and nothing in it that Markdown would take for more than words. */
const line = (words: string) =>
  words
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>$~]/g, '\\$&');

export function questionMarkdown(prompt: string, options: readonly MarkdownOption[]): string {
  const answers = options.map(
    ({ label, reason, correct }) => `- [${correct ? 'x' : ' '}] ${line(label)}\n  - ${line(reason)}`,
  );
  return [`**${line(prompt)}**`, '', ...answers].join('\n');
}

/** The part of a HAST node that is looked at. */
interface HastNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: HastNode[];
}

const elements = (node: HastNode) => (node.children ?? []).filter(({ type }) => type === 'element');
const isTag = (node: HastNode | undefined, name: string) => node?.type === 'element' && node.tagName === name;

function wordsOf(node: HastNode): string {
  if (node.type === 'text') return node.value ?? '';
  return (node.children ?? []).map(wordsOf).join('');
}

function optionOf(item: HastNode): MarkdownOption | null {
  // A loose list wraps the words in a paragraph.
  const inside = elements(item).flatMap((child) => (isTag(child, 'p') ? elements(child) : [child]));
  const box = inside.find((child) => isTag(child, 'input'));
  const reasons = elements(item).find((child) => isTag(child, 'ul'));
  if (!box || !reasons) return null;
  const label = (item.children ?? [])
    .filter((child) => child !== reasons)
    .map(wordsOf)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  const reason = wordsOf(reasons).replace(/\s+/g, ' ').trim();
  if (label === '' || reason === '') return null;
  const { checked } = box.properties ?? {};
  return { label, reason, ...(checked ? { correct: true } : {}) };
}

function promptOf(node: HastNode | undefined): string | null {
  if (!node || !isTag(node, 'p')) return null;
  const [only, ...others] = (node.children ?? []).filter(
    (child) => child.type !== 'text' || (child.value ?? '').trim() !== '',
  );
  return others.length === 0 && isTag(only, 'strong') ? wordsOf(only!) : null;
}

/** A rehype plugin: such a paragraph and list become one element `data-question`, which the page draws as a question. */
export function rehypeQuestions() {
  return (tree: HastNode): void => {
    const out: HastNode[] = [];
    for (const node of tree.children ?? []) {
      const options = isTag(node, 'ul') ? elements(node).map(optionOf) : [];
      const sound = options.length > 1 && options.every((option) => option !== null);
      // Between blocks there are line ends.
      const at = out.findLastIndex(({ type }) => type === 'element');
      const prompt = sound ? promptOf(out[at]) : null;
      if (!sound || prompt === null) {
        out.push(node);
        continue;
      }
      out.splice(at);
      out.push({
        type: 'element',
        tagName: 'div',
        properties: { dataQuestion: JSON.stringify({ prompt, options }) },
        children: [],
      });
    }
    tree.children = out;
  };
}
