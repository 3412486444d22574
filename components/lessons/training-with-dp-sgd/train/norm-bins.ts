import { NORM_EDGES } from '../norm-bins';

/** The bins of the gradient-length histogram. */
export const NORM_BINS = NORM_EDGES.slice(1).map((to, i) => ({ from: NORM_EDGES[i]!, to }));
