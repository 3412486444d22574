/** What is wrong with a value, as a schema tells it, in a sentence. */

export interface Issue {
  /** Where in the value. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const MOST = 4;

/** “steps: expected number, received string; model: …”. */
export function inWords(issues: readonly Issue[]): string {
  const said = issues.slice(0, MOST).map(({ path, message }) => {
    // What stands before the reason says nothing more.
    const reason = message.replace(/^Invalid (input|option): /, '');
    return path.length === 0 ? reason : `${path.map(String).join('.')}: ${reason}`;
  });
  if (issues.length > MOST) said.push(`and ${issues.length - MOST} more`);
  return said.join('; ');
}
