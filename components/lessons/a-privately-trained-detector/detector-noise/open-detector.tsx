'use client';

import { Button } from '@/components/ui/button';
import { FileButton } from '@/components/ui/file-button';

/** A detector that was saved earlier. */
export interface OpenedFile {
  name: string;
  bytes: Uint8Array;
}

/** A file holds some 340 kB; what is much larger is another file. */
const LARGEST = 4_000_000;

/** Opens a saved detector, or closes it again. */
export function OpenDetector({
  file,
  problem,
  onFile,
}: {
  file: OpenedFile | null;
  /** What was wrong with the last file, in words. */
  problem: string | null;
  onFile(file: OpenedFile | null, problem: string | null): void;
}) {
  async function open(chosen: File) {
    if (chosen.size > LARGEST) return onFile(null, `${chosen.name} is too large to be a detector of scenes.`);
    try {
      onFile({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) }, null);
    } catch {
      onFile(null, `${chosen.name} could not be read. Choose it again.`);
    }
  }
  return (
    <div className="grid justify-items-start gap-2">
      <FileButton label="Open a saved detector" accept=".safetensors" onFiles={([file]) => void open(file)} />
      {file ? (
        <Button small look="quiet" onClick={() => onFile(null, null)}>
          Close {file.name}
        </Button>
      ) : (
        <p className="text-sm text-secondary">
          A .safetensors file that “Train a detector, twice” has saved. It stays in this browser.
        </p>
      )}
      {problem ? (
        <p role="alert" className="rounded-control border border-danger bg-danger-soft p-3 text-sm">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
