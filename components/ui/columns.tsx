/** The heads of a table's columns, all of one look. */
export function Columns({ names, className }: { names: readonly string[]; className: string }) {
  return names.map((name) => (
    <th key={name} scope="col" className={className}>
      {name}
    </th>
  ));
}
