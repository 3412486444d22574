/**
 * Unpacking and hashing by what the browser brings, which is several times as fast as JavaScript; by libraries where it does not:
 * `crypto.subtle` is missing on pages that are not secure, `DecompressionStream` in older browsers.
 */

/**
 * @param packed gzip
 * @param length of what comes out
 * @returns null if that is not gzip, or of another length
 */
export async function gunzip(
  packed: Uint8Array<ArrayBuffer>,
  length: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    if (typeof DecompressionStream === 'undefined') return await gunzipByLibrary(packed, length);
    const { readable, writable } = new DecompressionStream('gzip');
    const writer = writable.getWriter();
    // What goes wrong is told at the other end too.
    void writer.write(packed).catch(() => undefined);
    void writer.close().catch(() => undefined);
    const content = new Uint8Array(length);
    let filled = 0;
    for (const reader = readable.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return filled === length ? content : null;
      if (filled + value.length > length) {
        void reader.cancel().catch(() => undefined);
        return null;
      }
      content.set(value, filled);
      filled += value.length;
    }
  } catch {
    return null;
  }
}

async function gunzipByLibrary(packed: Uint8Array, length: number) {
  const content = (await import('fflate')).gunzipSync(packed);
  return content.length === length ? (content as Uint8Array<ArrayBuffer>) : null;
}

/** In hexadecimal. */
export async function sha256(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', content))
    : (await import('@noble/hashes/sha2')).sha256(content);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
