/** Where a file lies in the folder that it came with: what tells `train/images/1.jpg` from `valid/images/1.jpg`. */

/** Paths of dropped and pasted files, which browsers leave without one. */
const dropped = new WeakMap<File, string>();

/** Remembers where a file lay. @param path from the dropped folder on: `split/train/images/1.jpg` */
export function atPath(file: File, path: string): File {
  dropped.set(file, path.replace(/^\/+/, ''));
  return file;
}

/** With the folders it lies in, where they are known: the same whether the folder was chosen, dropped or pasted. */
export const pathOf = (file: File) => dropped.get(file) ?? (file.webkitRelativePath || file.name);
