/** Takes the names of 64 emoji, and everyday words, out of the installed package. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EMOJI_COUNT, EMOJI_PATH, type EmojiFile, WORD_COUNT } from '@/lib/data/emoji';

const ROOT = resolve(import.meta.dirname, '../../..');
const PACKAGE = join(ROOT, 'node_modules/emojibase-data');
const TARGET = join(ROOT, 'public', EMOJI_PATH);

/** Our choice and our order, by code point; no statistics of use stand behind it. */
const CHOSEN = (
  '1F602 2764 1F923 1F44D 1F62D 1F64F 1F618 1F970 1F60D 1F60A 1F389 1F601 1F495 1F97A 1F605 1F525 263A 1F926 1F337 1F937 ' +
  '1F644 1F606 1F917 1F609 1F382 1F914 1F44F 1F642 1F633 1F973 1F60E 1F44C 1F49C 1F614 1F4AA 2728 1F496 1F440 1F60B 1F60F ' +
  '1F622 1F308 1F31F 1F629 1F4AF 1F339 2600 1F388 1F499 1F603 1F621 1F490 1F61C 1F648 1F91E 1F604 1F924 1F64C 1F92A 2615 ' +
  '1F355 1F40D 1F480 1F680'
).split(' ');

/** Groups of animals, food, places, activities and objects: their short names are plain nouns. */
const NOUN_GROUPS = [3, 4, 5, 6, 7];

interface Entry {
  hexcode: string;
  label: string;
  emoji: string;
  group?: number;
}

export async function prepare(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const entries = JSON.parse(readFileSync(join(PACKAGE, 'en/data.json'), 'utf8')) as Entry[];
  const byCode = new Map(entries.map((entry) => [entry.hexcode, entry]));
  const emoji = CHOSEN.map((code) => {
    const entry = byCode.get(code);
    if (!entry) throw new Error(`emojibase-data ${version} does not know the emoji ${code}.`);
    return { sign: entry.emoji, name: entry.label };
  });
  const words = entries
    .filter(({ group, label }) => NOUN_GROUPS.includes(group ?? -1) && /^[a-z]{3,14}$/.test(label))
    .map(({ label }) => label)
    .slice(0, WORD_COUNT);
  const file: EmojiFile = { source: `emojibase-data ${version}`, emoji, words };
  if (new Set(emoji.map(({ name }) => name)).size !== EMOJI_COUNT || new Set(words).size !== WORD_COUNT)
    throw new Error(`emojibase-data ${version} has other names than this site was made with.`);
  mkdirSync(dirname(TARGET), { recursive: true });
  writeFileSync(TARGET, `${JSON.stringify(file)}\n`);
}
