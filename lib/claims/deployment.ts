/** One use of differential privacy in the world, as its publisher describes it. */

/** Who adds the noise. `federated`: the server, to sums of updates that devices computed. */
export type TrustModel = 'central' | 'local' | 'federated';

/** What ε is promised for: everything of a person, or how much less. */
export type Protected = 'person' | 'household' | 'device' | 'establishment' | 'record' | 'unclear';

/** How long ε lasts: once and for all, or anew for every so much time. */
export type Period = 'once' | 'six hours' | 'day' | 'month' | 'report' | 'unclear';

/**
 * How we know. `registry`: read in the public Differential Privacy Deployments Registry, which cites the publisher. `publication`: read
 * in the publisher's own text. `list`: read in D. Desfontaines's list of real-world uses.
 */
export type Checked = 'registry' | 'publication' | 'list';

export interface Deployment {
  /** For links; never changes. */
  id: string;
  organisation: string;
  /** When it was first published. */
  year: number;
  /** What came out, in a few words of our own. */
  released: string;
  model: TrustModel;
  protects: Protected;
  period: Period;
  /** Whom ε protects, in words. */
  unit: string;
  /** Neighbours differ by a record that is changed, not by one that is added or removed. */
  changed?: boolean;
  /** nats; null where none was published, and `missing` says why. */
  epsilon: number | null;
  /** 0 for a pure guarantee; null where it is not published. */
  delta: number | null;
  /** Where the guarantee was published as ρ-zCDP, in nats. */
  rho?: number;
  missing?: string;
  /** What else keeps it from being compared. */
  caveat?: string;
  source: { title: string; url: string };
  checked: Checked;
}
