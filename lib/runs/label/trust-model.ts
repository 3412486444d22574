/** Where the noise is added, and so who must be trusted with the data. */
export type TrustModel = 'central' | 'local' | 'federated';
