/** The δ of all ledger totals of the tumour data: well below 1/569. */
export const TUMOUR_DELTA = 1e-4;
/** Steps of one private training. */
export const TUMOUR_STEPS = 80;
