/** What a file is, by its first bytes: so that a refusal can say what was found instead of "invalid file". */
import { CheckpointError, DOWNLOAD_AGAIN, TAKE_A_CHECKPOINT } from './errors';

export type FileForm = 'zip' | 'safetensors';

interface Stranger {
  readonly found: string;
  readonly remedy: string;
  matches(bytes: Uint8Array, head: string): boolean;
}

const startsWith =
  (...signature: number[]) =>
  (bytes: Uint8Array) =>
    signature.every((byte, i) => bytes[i] === byte);

const RESAVE =
  'Load it in Python and save it again with torch.save(…), which writes the present format since PyTorch 1.6.';

/** Files that people do drop here, most telling first. */
const STRANGERS: readonly Stranger[] = [
  {
    found: 'a Git LFS pointer: a note of some lines that stands for the real file, which was not downloaded',
    remedy: 'Fetch the file itself: git lfs pull, or the "download" link of the page it is on.',
    matches: (_, head) => head.startsWith('version https://git-lfs'),
  },
  {
    found: 'a web page (HTML): often the error or sign-in page that came instead of the file',
    remedy: 'Open the address in a browser to see what it says, then download the file itself.',
    matches: (_, head) => /^\s*(<!--.*?-->\s*)?<(!doctype html|html|head|body)\b/is.test(head),
  },
  {
    found: 'a PyTorch file in the format used before version 1.6, as the old YOLOv3 and YOLOv5 releases are',
    remedy: RESAVE,
    // A pickle (protocol 2) of the magic number 0x1950a86a20f9469cfc6c.
    matches: startsWith(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19),
  },
  {
    found: 'a bare pickle, not a checkpoint: it is not opened, because unpickling can run code',
    remedy: TAKE_A_CHECKPOINT,
    matches: (bytes) => bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5 && bytes.at(-1) === 0x2e,
  },
  {
    found: 'Darknet weights (YOLOv2 to YOLOv4), which hold numbers without the network',
    remedy: TAKE_A_CHECKPOINT,
    // int32 major 0, minor 1 or 2, revision 0 … 5, then how many pictures were seen.
    matches: (bytes) =>
      bytes.length > 1e5 &&
      startsWith(0, 0, 0, 0)(bytes) &&
      (bytes[4] === 1 || bytes[4] === 2) &&
      startsWith(0, 0, 0)(bytes.subarray(5)) &&
      bytes[8]! <= 5 &&
      startsWith(0, 0, 0)(bytes.subarray(9)),
  },
  {
    found: 'an ONNX graph',
    remedy: 'Take the .pt checkpoint it was exported from: this site reads that directly.',
    // Field 1 (ir_version), then field 2 (producer_name), 7 (graph) or 8 (opset_import) of a ModelProto.
    matches: (bytes) =>
      bytes[0] === 0x08 && bytes[1]! >= 1 && bytes[1]! <= 32 && [0x12, 0x1a, 0x3a, 0x42].includes(bytes[2]!),
  },
  {
    found: 'a TensorFlow Lite model',
    remedy: 'Take the .pt checkpoint it was exported from.',
    matches: (_, head) => head.slice(4, 8) === 'TFL3',
  },
  {
    found: 'a Keras (HDF5) model',
    remedy: TAKE_A_CHECKPOINT,
    matches: (_, head) => head.startsWith('\u0089HDF'),
  },
  {
    found: 'a GGUF or GGML language model',
    remedy: TAKE_A_CHECKPOINT,
    matches: (_, head) => /^(GGUF|ggml|lmgg)/.test(head),
  },
  {
    found: 'a JSON file (an index, a manifest or a tfjs model.json)',
    remedy: TAKE_A_CHECKPOINT,
    matches: (_, head) => /^\s*[[{]\s*["[{\]}]/.test(head),
  },
  {
    found: 'an XML file',
    remedy: TAKE_A_CHECKPOINT,
    matches: (_, head) => /^\s*<\?xml/.test(head),
  },
  {
    found: 'a NumPy array',
    remedy: TAKE_A_CHECKPOINT,
    matches: (_, head) => head.startsWith('\u0093NUMPY'),
  },
  {
    found: 'a gzip, 7-Zip, RAR, xz or bzip2 archive',
    remedy: 'Unpack it first and choose the checkpoint inside.',
    matches: (bytes, head) =>
      startsWith(0x1f, 0x8b)(bytes) || /^(7z\u00bc\u00af|Rar!|\u00fd7zXZ|BZh)/.test(head),
  },
  {
    found: 'a tar archive',
    remedy: 'Unpack it first and choose the checkpoint inside.',
    matches: (bytes) => String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar',
  },
  {
    found: 'a picture or video',
    remedy: 'Drop pictures on the picture area. Here the detector’s weights are wanted.',
    matches: (bytes, head) =>
      startsWith(0xff, 0xd8, 0xff)(bytes) ||
      startsWith(0x1a, 0x45, 0xdf, 0xa3)(bytes) ||
      /^(\u0089PNG|GIF8|RIFF.{4}(WEBP|AVI )|.{4}ftyp)/s.test(head),
  },
  { found: 'a PDF', remedy: TAKE_A_CHECKPOINT, matches: (_, head) => head.startsWith('%PDF') },
];

/** Recognises the two forms that are read. @throws CheckpointError that names anything else */
export function identify(bytes: Uint8Array): FileForm {
  if (bytes.length === 0) throw new CheckpointError('checkpoint-empty', 'The file is empty.', DOWNLOAD_AGAIN);
  if (startsWith(0x50, 0x4b, 3, 4)(bytes)) return 'zip';
  if (startsWith(0x50, 0x4b, 5, 6)(bytes)) throw notACheckpoint('an empty ZIP archive');
  if (isSafetensors(bytes)) return 'safetensors';

  // Latin-1, so that a byte is a character whatever it is.
  const head = String.fromCharCode(...bytes.subarray(0, 512));
  const stranger = STRANGERS.find(({ matches }) => matches(bytes, head));
  if (stranger) throw notACheckpoint(stranger.found, stranger.remedy);
  const text = /^[\s!-~]+$/.test(head);
  throw notACheckpoint(
    text
      ? `text that begins "${head.replace(/\s+/g, ' ').slice(0, 40)}"`
      : `a file of ${bytes.length.toLocaleString('en')} bytes that begins ${hex(bytes.subarray(0, 8))}, which is no form known here`,
  );
}

export function notACheckpoint(found: string, remedy: string = TAKE_A_CHECKPOINT): CheckpointError {
  return new CheckpointError('checkpoint-not-a-checkpoint', `This is ${found}.`, remedy);
}

/** Eight bytes of header length, then the header, which is a JSON object. A length that is too large is the reader's to refuse. */
function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 10 || bytes[8] !== 0x7b) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(4, true) === 0) return view.getUint32(0, true) >= 2;
  return bytes[9] === 0x22 && bytes.subarray(0, 8).some((byte) => byte === 0 || byte > 0x7e);
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
