/**
 * The finished runs of a notebook as one tab shows them, and as the shelf keeps them. Two tabs may have the same notebook open: a change is
 * made to what is kept, not written over it, so no tab takes a row of the other away unseen.
 */
import type { RunRow } from './run-table';
import type { Shelf } from './shelf';

type Rows = readonly RunRow[];
/** From some rows to others. It is made twice, to what is shown and to what is kept. */
export type RowsChange = (rows: Rows) => Rows;

export class KeptRuns {
  #rows: Rows = [];
  #read = false;
  #changes = 0;

  /** @param notebook its id, which changes when the notebook goes on as a copy @param shown is given the rows after every change */
  constructor(
    private readonly shelf: Shelf,
    private readonly notebook: () => string,
    private readonly shown: (rows: Rows) => void,
  ) {}

  get rows(): Rows {
    return this.#rows;
  }

  /** Reads what is kept; what ended meanwhile comes after. @param change made to all of it */
  async open(change: RowsChange): Promise<void> {
    const found = await this.shelf.runs(this.notebook()).catch(() => []);
    const fresh = this.#rows;
    this.#read = true;
    this.#rows = found;
    await this.change((rows) => {
      const known = new Set(rows.map(({ id }) => id));
      return change([...rows, ...fresh.filter(({ id }) => !known.has(id))]);
    });
  }

  /** Shown at once, then kept. Never rejects: a table of runs is a convenience, and where it cannot be kept the page goes on without. */
  async change(change: RowsChange): Promise<void> {
    const before = this.#rows;
    this.#show(change(before));
    if (!this.#read) return;
    const turn = ++this.#changes;
    // A copy of the notebook has no rows of its own yet: it begins with these.
    const kept = await this.shelf
      .changeRuns(this.notebook(), (stored) => change(stored ?? before))
      .catch(() => null);
    // With what the other tab has put there. A later change brings its own answer.
    if (kept !== null && turn === this.#changes) this.#show(kept);
  }

  #show(rows: Rows): void {
    this.#rows = rows;
    this.shown(rows);
  }
}
