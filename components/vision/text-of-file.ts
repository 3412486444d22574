/** The text of a file that a person's tools wrote, whichever of the encodings that say so. */
import { decodeText } from '@/lib/data/decode-text';

export const textOfFile = async (file: Blob): Promise<string> =>
  decodeText(new Uint8Array(await file.arrayBuffer()));
