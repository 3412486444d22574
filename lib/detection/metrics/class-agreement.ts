/**
 * Which of a detector's classes the classes of a set are. Numbers alone say nothing: class 0 is a person in one set, a helmet in
 * the next. They agree by name, or not at all.
 */

export interface ClassAgreement {
  /** Names of the set, by its class numbers. */
  readonly names: ReadonlyMap<number, string>;
  /** The detector's number for the set's. */
  readonly toDetector: ReadonlyMap<number, number>;
  /** Names of the set that the detector does not know. */
  readonly unknown: readonly string[];
}

/** @param names of the set, by its class numbers @param classes of the detector, by its numbers */
export function agreeOnClasses(
  names: ReadonlyMap<number, string>,
  classes: readonly string[],
): ClassAgreement {
  const known = new Map(classes.map((name, id) => [plain(name), id] as const));
  const toDetector = new Map<number, number>();
  const unknown: string[] = [];
  for (const [id, name] of names) {
    const own = known.get(plain(name));
    if (own === undefined) unknown.push(name);
    else toDetector.set(id, own);
  }
  return { names, toDetector, unknown };
}

/** "Traffic_Light", "traffic-light" and "traffic light" are one name; so are composed and decomposed letters. */
const plain = (name: string) =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
