/** The bytes of a kernel module, from the text they are kept as. */
export const moduleBytes = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
