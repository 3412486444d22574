/** The digits that are trained on to be attacked: the first of the MNIST training set. */

export const ATTACKED_DIGITS = 400;

/** SHA-256 of their pictures, then their labels: what the ledger knows them by. */
export const ATTACKED_SHA256 = '768a30c9c1d052bf088f21ad8c7d5a49335183de37873928218b28f7df9ded4b';
