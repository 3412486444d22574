/** The files of a drop or a paste, those inside of folders too, each with its path. */
import { atPath } from './file-paths';

export interface Brought {
  files: readonly File[];
  /** Paths of what is there, but could not be read. */
  unread: readonly string[];
}

/** Beyond this, a folder is taken for a mistake (a whole disk). */
const MOST = 50_000;

/** A file, or a folder with what is in it, in either of the two forms that browsers give it. */
interface Node {
  path: string;
  /** Null for a folder. */
  file: (() => Promise<File>) | null;
  inside(): AsyncIterable<Node>;
}

/** Whether a paste brings files or a folder, and not only text. */
export const holdsFiles = (transfer: DataTransfer) =>
  [...transfer.items].some(({ kind }) => kind === 'file') || transfer.files.length > 0;

/** Call it within the event: what was dropped is gone afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<Brought> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const nodes = items.map(nodeOf);
  const plain = [...transfer.files];
  const roots = await Promise.all(nodes);
  if (!roots.some((node) => node && !node.file)) return { files: plain, unread: [] };
  const found = { files: [] as File[], unread: [] as string[] };
  for (const node of roots) if (node) await collect(node, found);
  return found;
}

/** Asked for at once, though it may come later. */
function nodeOf(item: DataTransferItem): Node | null | Promise<Node | null> {
  const entry = item.webkitGetAsEntry?.();
  if (entry) return entryNode(entry);
  const handle = (item as WithHandle).getAsFileSystemHandle?.();
  return (
    handle?.then(
      (got) => (got ? handleNode(got, got.name) : null),
      () => null,
    ) ?? null
  );
}

async function collect(node: Node, found: { files: File[]; unread: string[] }): Promise<void> {
  if (found.files.length >= MOST) return;
  try {
    if (node.file) found.files.push(atPath(await node.file(), node.path));
    else for await (const inner of node.inside()) await collect(inner, found);
  } catch {
    found.unread.push(node.path.replace(/^\/+/, ''));
  }
}

function entryNode(entry: FileSystemEntry): Node {
  const file = entry.isFile
    ? () => new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    : null;
  return { path: entry.fullPath, file, inside: () => insideEntry(entry as FileSystemDirectoryEntry) };
}

/** A folder is read in pieces, until one is empty. */
async function* insideEntry(folder: FileSystemDirectoryEntry): AsyncGenerator<Node> {
  const reader = folder.createReader();
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (piece.length === 0) return;
    yield* piece.map(entryNode);
  }
}

/** What `getAsFileSystemHandle` gives, which TypeScript's own types leave out. */
interface Handle {
  kind: 'file' | 'directory';
  name: string;
  getFile?(): Promise<File>;
  values?(): AsyncIterable<Handle>;
}
type WithHandle = Omit<DataTransferItem, 'getAsFileSystemHandle'> & {
  getAsFileSystemHandle?(): Promise<Handle | null>;
};

function handleNode(handle: Handle, path: string): Node {
  return {
    path,
    file: handle.kind === 'file' ? () => handle.getFile!() : null,
    async *inside() {
      for await (const inner of handle.values!()) yield handleNode(inner, `${path}/${inner.name}`);
    },
  };
}
