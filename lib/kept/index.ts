/**
 * All that this site keeps in a browser: under which name, and what it is in words. What is not here is not kept: the page about this site
 * shows this list, the code takes its names from it, and a test walks the site and compares.
 *
 * Names stay for ever, or what somebody kept under them is lost.
 */

export const NAMES = {
  theme: 'epsilon-playground:theme',
  backend: 'epsilon-playground:backend',
  kernels: 'epsilon-playground:kernels',
  pace: 'epsilon-playground:pace',
  selfStart: 'epsilon-playground:self-start',
  progress: 'epsilon-playground:progress',
  exercises: 'epsilon-playground:exercises',
  shortcuts: 'epsilon-playground:shortcuts:1',
  /** Followed by the id of the notebook. */
  draft: 'epsilon-playground:draft:',
  witness: 'epsilon-ledger-witness',
  ledger: 'epsilon-ledger',
  notebooks: 'epsilon-notebooks',
  weights: 'epsilon-weights',
  sweeps: 'epsilon-sweeps',
  digitCheckpoints: 'epsilon-training',
  sceneCheckpoints: 'epsilon-training-scenes',
  rows: 'rows-v1',
  /** Followed by the version of the build. */
  site: 'epsilon-site-',
  data: 'epsilon-data-v1',
  parts: 'data-v1',
} as const;

/** Where it lies: local storage, a database (IndexedDB), a folder of the site's private files (OPFS), or a cache. */
export type Place = 'local storage' | 'database' | 'private files' | 'cache';

export interface Kept {
  place: Place;
  name: string;
  /** The name goes on differently in every case. */
  prefix?: true;
  /** What it is, for whoever reads the page. */
  what: string;
  /** Since when it is there. */
  when: string;
}

export const KEPT: readonly Kept[] = [
  {
    place: 'database',
    name: NAMES.ledger,
    what: 'The ledger of privacy spent: every run, what it cost, and the budgets that you set.',
    when: 'from the first page that shows it on',
  },
  {
    place: 'local storage',
    name: NAMES.witness,
    what: 'A note that a ledger was here, so that the site notices if the browser has deleted it.',
    when: 'from the first entry in the ledger on',
  },
  {
    place: 'database',
    name: NAMES.notebooks,
    what: 'Your notebooks of the lab: their text, code, settings and tables of runs, the charts and the drawing of each experiment’s last run, and what code put out. No drawing once you have brought a picture of your own.',
    when: 'from the first visit to the lab on',
  },
  {
    place: 'local storage',
    name: NAMES.draft,
    prefix: true,
    what: 'The last words typed in a notebook, until they are stored with it.',
    when: 'while you write',
  },
  {
    place: 'local storage',
    name: NAMES.progress,
    what: 'Ticks for what you did in the lessons, without your answers.',
    when: 'from the first tick on',
  },
  {
    place: 'local storage',
    name: NAMES.exercises,
    what: 'Your code of the exercises, and how far it passed.',
    when: 'from the first letter typed there on',
  },
  {
    place: 'local storage',
    name: NAMES.theme,
    what: 'The theme: light, dark or as your device has it.',
    when: 'when you choose one',
  },
  {
    place: 'local storage',
    name: NAMES.shortcuts,
    what: 'Your keyboard shortcuts, or that you turned them off.',
    when: 'when you change them',
  },
  {
    place: 'local storage',
    name: NAMES.backend,
    what: 'The backend that you chose for computing.',
    when: 'when you choose one',
  },
  {
    place: 'local storage',
    name: NAMES.kernels,
    what: 'Which ways of computing were fastest on this machine.',
    when: 'after the first heavy run',
  },
  {
    place: 'local storage',
    name: NAMES.pace,
    what: 'How fast this machine trained, so that a page can say how long a run will take.',
    when: 'after the first training',
  },
  {
    place: 'local storage',
    name: NAMES.selfStart,
    what: 'Whether a run may start by itself when you let go of a slider.',
    when: 'when you turn it off',
  },
  {
    place: 'database',
    name: NAMES.digitCheckpoints,
    what: 'A training of digits that is under way, with its weights, so that it can go on after a reload.',
    when: 'while it runs, and after it broke off',
  },
  {
    place: 'database',
    name: NAMES.sceneCheckpoints,
    what: 'The same of a training of the detector. With a folder of your own, weights learnt from it.',
    when: 'while it runs, and after it broke off',
  },
  {
    place: 'database',
    name: NAMES.sweeps,
    what: 'Points of sweeps over ε that are finished: accuracies, no pictures.',
    when: 'after the first run of a sweep',
  },
  {
    place: 'database',
    name: NAMES.weights,
    what: 'Detectors that you had downloaded, such as YOLO26.',
    when: 'when you download one',
  },
  {
    place: 'private files',
    name: NAMES.rows,
    what: 'Features of the site’s own digits and forms, so that they need not be computed again.',
    when: 'after the first training',
  },
  {
    place: 'cache',
    name: NAMES.site,
    prefix: true,
    what: 'Pages of this site that you have opened, for use without a network.',
    when: 'from the first visit on',
  },
  {
    place: 'cache',
    name: NAMES.data,
    what: 'Data of this site, such as digits and samples, for use without a network.',
    when: 'when you need it, or ask for it',
  },
  {
    place: 'cache',
    name: NAMES.parts,
    what: 'Parts of the data sets that a training or a search needed, each checked by its hash.',
    when: 'when you need them',
  },
];

/** The entry that a found name belongs to, or null where the list leaves it out. */
export const keptUnder = (place: Place, name: string): Kept | null =>
  KEPT.find((one) => one.place === place && (one.prefix ? name.startsWith(one.name) : name === one.name)) ??
  null;
