/** What of a folder is not used: counted, named and given a reason, so that nothing disappears in silence. */

export type Reason = 'hidden' | 'empty' | 'tiff' | 'heic' | 'unreadable' | 'labels';

/** For one, and for more of them. */
const WORDS: Readonly<Record<Reason, readonly [one: string, many: string]>> = {
  hidden: ['1 hidden file', 'hidden files'],
  empty: ['1 empty picture', 'empty pictures'],
  tiff: ['1 TIFF file, which this browser cannot read', 'TIFF files, which this browser cannot read'],
  heic: ['1 HEIC file, which this browser cannot read', 'HEIC files, which this browser cannot read'],
  unreadable: ['1 file that cannot be read', 'files that cannot be read'],
  labels: ['1 picture whose labels are not sound', 'pictures whose labels are not sound'],
};

/** Names said before the rest is only counted. */
const NAMED = 3;

export class LeftOut {
  private readonly names = new Map<Reason, string[]>();

  /** @param name a path, or a path and what is wrong */
  add(reason: Reason, name: string): void {
    const group = this.names.get(reason);
    if (group) group.push(name);
    else this.names.set(reason, [name]);
  }

  get count(): number {
    return [...this.names.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** One sentence a reason: "Left out: 2 hidden files (“._1.jpg”, “.DS_Store”)." */
  notes(): string[] {
    return [...this.names].map(([reason, names]) => {
      const [one, many] = WORDS[reason];
      const said = names.slice(0, NAMED).map((name) => `“${name}”`);
      const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : '';
      return `Left out: ${names.length === 1 ? one : `${names.length.toLocaleString('en')} ${many}`} (${said.join(', ')}${more}).`;
    });
  }
}

/** Why a picture that does not open does not: the two formats that most browsers lack are named. */
export function unreadableBecause(path: string, type: string): Reason {
  if (/\.tiff?$/i.test(path) || type === 'image/tiff') return 'tiff';
  if (/\.hei[cf]$/i.test(path) || /^image\/hei[cf]/.test(type)) return 'heic';
  return 'unreadable';
}
