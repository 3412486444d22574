const KEYS: readonly [string, string][] = [
  ['Ctrl + Z', 'Undo, when no field has the focus'],
  ['Ctrl + Shift + Z', 'Do it again'],
  ['Alt + ↑ ↓', 'Move the cell that has the focus'],
  ['Delete', 'Delete the cell whose frame or tools have the focus'],
  ['Ctrl + Enter', 'Run a cell; end the editing of a text'],
  ['?', 'All keys of the site'],
];

/** The keys of the lab, folded away under the notebook. */
export function Keys() {
  return (
    <details className="no-print my-8 text-sm">
      <summary className="cursor-pointer text-secondary">Keys</summary>
      <dl className="mt-2 grid max-w-[40rem] grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {KEYS.map(([key, words]) => (
          <div key={key} className="contents">
            <dt className="font-mono">{key}</dt>
            <dd className="text-secondary">{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
