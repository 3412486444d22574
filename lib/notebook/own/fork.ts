/** A copy of a lesson to change, with the settings that its page has now. */
import { unpackText } from '../pack';
import { copyOf, LIMITS, type NotebookDocument } from './document';

/**
 * @param lesson as it was made from the lesson's source
 * @param hash of the lesson's page. All its cells share it; each reads what is its own.
 */
export function forkOf(lesson: NotebookDocument, hash: string): NotebookDocument {
  const pairs = hash
    .replace(/^#/, '')
    .split('&')
    .filter((pair) => pair.includes('='));
  const code = pairs.find((pair) => pair.startsWith('code='))?.slice('code='.length);
  const others = pairs.filter((pair) => !/^(v|code)=/.test(pair));
  const settings = others.length > 0 ? `#v=1&${others.join('&')}` : '';
  const edited = code === undefined ? null : unpackText(code);
  const copy = copyOf(lesson, lesson.title);
  return {
    ...copy,
    cells: copy.cells.map((cell) => {
      if (cell.kind === 'cell')
        return { ...cell, settings: settings.length <= LIMITS.settingsCharacters ? settings : '' };
      // Whose hand was in it, the address does not say.
      if (cell.kind === 'code' && edited !== null && edited !== cell.code)
        return { ...cell, code: edited.slice(0, LIMITS.textCharacters), stranger: true };
      return cell;
    }),
  };
}
