/**
 * A town that does not exist: a hospital's file from which the names were removed, and a public list with names. What they share
 * joins them. Pure functions on made-up people, the same for the same seed.
 */
import { SeededRandom } from '@/lib/random';

export interface Resident {
  id: number;
  name: string;
  /** Four digits; the first two are the district. */
  postcode: string;
  /** ISO 8601, a day. */
  born: string;
  sex: 'F' | 'M';
  diagnosis: Diagnosis;
}

export const DIAGNOSES = ['diabetes', 'asthma', 'depression', 'migraine', 'epilepsy', 'broken bone'] as const;
export type Diagnosis = (typeof DIAGNOSES)[number];

/** How much of each column the file keeps. */
export interface Detail {
  postcode: 'full' | 'district' | 'none';
  born: 'day' | 'year' | 'decade' | 'none';
  sex: 'shown' | 'none';
}

const FIRST = ['Al', 'Be', 'Ca', 'Do', 'El', 'Fi', 'Go', 'Ha', 'Il', 'Jo', 'Ka', 'Lu', 'Mi', 'No', 'Ol'];
const SECOND = ['bin', 'dra', 'fan', 'gor', 'kin', 'lia', 'mar', 'nok', 'rin', 'sel', 'tav', 'vik'];
const FAMILY = ['berg', 'dal', 'feld', 'hof', 'kamp', 'moor', 'stein', 'tal', 'wald', 'werd'];

/** Of 100: 22 have diabetes, 20 asthma, and so on. */
const UP_TO = [22, 42, 60, 77, 82, 100];

export function makeTown(size: number, seed: number): Resident[] {
  const random = new SeededRandom(seed, 78);
  const pick = <T>(items: readonly T[]) => items[random.integer(items.length)]!;
  return Array.from({ length: size }, (_, id) => {
    const year = 1930 + random.integer(80);
    const day = 1 + random.integer(365);
    const at = random.integer(100);
    const diagnosis = DIAGNOSES[UP_TO.findIndex((end) => at < end)]!;
    return {
      id,
      name: `${pick(FIRST)}${pick(SECOND)} ${pick(FIRST)}${pick(SECOND)}${pick(FAMILY)}`,
      postcode: `${10 + random.integer(4)}${String(random.integer(6)).padStart(2, '0')}`,
      born: new Date(Date.UTC(year, 0, day)).toISOString().slice(0, 10),
      sex: random.bernoulli(0.5) ? 'F' : 'M',
      diagnosis,
    };
  });
}

/** Who is in the file and who on the list: drawn apart, so that neither is everybody. */
export function makeFiles(town: readonly Resident[], listed: number, seed: number) {
  const random = new SeededRandom(seed, 79);
  const drawn = town.map((person) => ({
    person,
    treated: random.bernoulli(0.5),
    onList: random.bernoulli(listed),
  }));
  return {
    file: drawn.filter(({ treated }) => treated).map(({ person }) => person),
    list: drawn.filter(({ onList }) => onList).map(({ person }) => person),
  };
}

/** What is left of a person's columns, as it stands in the file. */
export function shown(person: Resident, detail: Detail): { postcode: string; born: string; sex: string } {
  const year = Number(person.born.slice(0, 4));
  return {
    postcode: { full: person.postcode, district: `${person.postcode.slice(0, 2)}**`, none: '*' }[
      detail.postcode
    ],
    born: {
      day: person.born,
      year: String(year),
      decade: `${Math.floor(year / 10) * 10}s`,
      none: '*',
    }[detail.born],
    sex: detail.sex === 'shown' ? person.sex : '*',
  };
}

export const keyOf = (person: Resident, detail: Detail): string =>
  Object.values(shown(person, detail)).join(' ');

export interface Linked {
  /** In the file. */
  record: Resident;
  /** The name that the attacker puts to it. */
  claimed: Resident;
}

export interface Linkage {
  /** Records whose columns nobody else in the file shares. */
  unique: number;
  /** Records of groups of two and more who all have one diagnosis: known without being singled out. */
  alike: number;
  /** Size of the smallest group: the file is k-anonymous for this k (Sweeney 2002). 0 for an empty file. */
  smallest: number;
  /** Records by the size of their group. */
  sizes: { from: number; to: number; records: number }[];
  /** Records that stand alone in the file and fit one person of the list alone; some of the names are wrong. */
  links: Linked[];
}

const SIZE_BINS: readonly [number, number][] = [
  [1, 1],
  [2, 2],
  [3, 4],
  [5, 9],
  [10, 19],
  [20, 49],
  [50, Number.POSITIVE_INFINITY],
];

function grouped(people: readonly Resident[], detail: Detail): Map<string, Resident[]> {
  const groups = new Map<string, Resident[]>();
  for (const person of people) {
    const key = keyOf(person, detail);
    const group = groups.get(key);
    if (group) group.push(person);
    else groups.set(key, [person]);
  }
  return groups;
}

/** Joins the file without names to the list with names, by what is left of three columns. */
export function link(file: readonly Resident[], list: readonly Resident[], detail: Detail): Linkage {
  const records = grouped(file, detail);
  const names = grouped(list, detail);
  const sizes = SIZE_BINS.map(([from, to]) => ({ from, to, records: 0 }));
  const links: Linked[] = [];
  let unique = 0;
  let alike = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [key, group] of records) {
    smallest = Math.min(smallest, group.length);
    sizes.find(({ from, to }) => group.length >= from && group.length <= to)!.records += group.length;
    if (group.length > 1) {
      if (group.every(({ diagnosis }) => diagnosis === group[0]!.diagnosis)) alike += group.length;
      continue;
    }
    unique++;
    const candidates = names.get(key);
    if (candidates?.length === 1) links.push({ record: group[0]!, claimed: candidates[0]! });
  }
  return { unique, alike, smallest: Number.isFinite(smallest) ? smallest : 0, sizes, links };
}
