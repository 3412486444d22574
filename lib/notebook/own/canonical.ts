/** A value as one text and one hash, however it was put together: JSON with its keys in order (RFC 8785), and SHA-256 of that. */
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** @param value as JSON knows it; what is undefined is left out @throws TypeError for a number that JSON has no word for */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`JSON has no word for ${value}.`);
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  // By UTF-16 code units, as the standard says and `sort` does.
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
}

/** 64 hexadecimal digits. Not the browser's own hash, which is missing on plain http. */
export const checksumOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
