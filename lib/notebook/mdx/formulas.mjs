/**
 * Formulas by KaTeX, each as one piece of HTML: hundreds of spans that never change are nothing for React to look through in the reader's
 * browser. Plain JavaScript, since the bundler loads plugins by their names.
 */
import katex from 'katex';

/** As an attribute of JSX: `{{ __html: "…" }}`, and as the tree of that expression. */
function innerHtml(html) {
  const property = {
    ...{ type: 'Property', kind: 'init', method: false, shorthand: false, computed: false },
    key: { type: 'Identifier', name: '__html' },
    value: { type: 'Literal', value: html, raw: JSON.stringify(html) },
  };
  const expression = { type: 'ObjectExpression', properties: [property] };
  return {
    type: 'mdxJsxAttribute',
    name: 'dangerouslySetInnerHTML',
    value: {
      type: 'mdxJsxAttributeValueExpression',
      value: `{ __html: ${JSON.stringify(html)} }`,
      data: {
        estree: {
          type: 'Program',
          sourceType: 'module',
          body: [{ type: 'ExpressionStatement', expression }],
        },
      },
    },
  };
}

/** @throws on a formula that KaTeX does not understand: the site is not built with it */
function formula(text, displayMode) {
  const html = katex.renderToString(text, {
    ...{ displayMode, strict: true, throwOnError: true, output: 'htmlAndMathml' },
  });
  const [, name, inner] = /^<span class="([^"]+)">(.*)<\/span>$/s.exec(html);
  return {
    type: displayMode ? 'mdxJsxFlowElement' : 'mdxJsxTextElement',
    name: 'span',
    attributes: [{ type: 'mdxJsxAttribute', name: 'className', value: name }, innerHtml(inner)],
    children: [],
  };
}

const textOf = (node) => (node.type === 'text' ? node.value : (node.children ?? []).map(textOf).join(''));
const classes = (node) => (node?.type === 'element' && node.properties?.className) || [];
const isInline = (node) => classes(node).includes('math-inline');
/** remark-math puts a displayed formula into `<pre><code>`. */
const isDisplayed = (node) =>
  node.type === 'element' && node.tagName === 'pre' && classes(node.children[0]).includes('math-display');

/** A plugin of rehype, after remark-math. */
export default function formulas() {
  const replace = (node) => {
    if (isInline(node)) return formula(textOf(node), false);
    if (isDisplayed(node)) return formula(textOf(node), true);
    if (node.children) node.children = node.children.map(replace);
    return node;
  };
  return replace;
}
