/**
 * Names that the telemetry lesson asks about: 64 emoji with their English names, and some four hundred everyday words.
 * Prepared from the package emojibase-data (MIT). How often people use them is not in there: shares are made up.
 */
import { DataError, fetchFile, type LoadOptions, PREPARE_AGAIN } from './files';

export const EMOJI_PATH = 'data/emoji/emoji.json';
/** How many emoji and words the file has. Fixed, so that a page knows the ranges of its sliders before it is loaded. */
export const EMOJI_COUNT = 64;
export const WORD_COUNT = 400;

export interface Emoji {
  /** The sign itself, one or more code points. */
  sign: string;
  /** Its English name: "red heart". */
  name: string;
}

export interface EmojiFile {
  /** Package and version. */
  source: string;
  emoji: Emoji[];
  /** Single lower-case words, all different. */
  words: string[];
}

/** @throws DataError `file-unreachable`, `file-missing` or `file-damaged`; the signal's reason after Stop */
export async function loadEmoji(options: LoadOptions): Promise<EmojiFile> {
  const bytes = await fetchFile(EMOJI_PATH, 'The list of emoji', options);
  const damaged = (cause?: unknown) =>
    new DataError('file-damaged', 'The list of emoji arrived damaged.', PREPARE_AGAIN, { cause });
  let file: EmojiFile;
  try {
    file = JSON.parse(new TextDecoder().decode(bytes)) as EmojiFile;
  } catch (error) {
    throw damaged(error);
  }
  if (file.emoji?.length !== EMOJI_COUNT || file.words?.length !== WORD_COUNT) throw damaged();
  return file;
}
