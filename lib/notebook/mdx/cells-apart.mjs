/**
 * Puts each cell of a lesson into an `<Apart>` of its own, so that the browser wakes it by itself: a page that wakes as a whole cannot be
 * scrolled meanwhile. Plain JavaScript, since the bundler loads plugins by their names.
 */

const isCell = (node) => node.type === 'mdxJsxFlowElement' && /^[A-Z]\w*Cells?$/.test(node.name ?? '');

/** A plugin of remark. Cells stand in the flow of a lesson, not within other things. */
export default function cellsApart() {
  return (tree) => {
    tree.children = tree.children.map((node) =>
      isCell(node) ? { type: 'mdxJsxFlowElement', name: 'Apart', attributes: [], children: [node] } : node,
    );
  };
}
