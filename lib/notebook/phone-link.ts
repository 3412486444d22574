/**
 * The link that a phone in the room can open. On the machine that serves it, the site often stands at an address that only this machine knows: the
 * site's own server says by which others reach it.
 */
import { assetUrl } from '@/lib/runtime/assets';

/** Answered by the site's own server alone; other hosts have no such file. */
export const NETWORK_FILE = 'network.json';

/** What the server says there. */
export interface NetworkAnswer {
  /** Of the home page, as other machines in the network open it. Empty where the server answers its own machine alone. */
  addresses: string[];
}

/**
 * Of this machine alone: 127.0.0.0/8, also as IPv6 writes it, ::1, `localhost` and names below it (RFC 6761, section 6.3); 0.0.0.0 and :: are no
 * addresses to go to.
 */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^::(1|ffff:(127(\.\d+){3}|7f[\da-f]{2}:[\da-f]{1,4}))?$/.test(name) ||
    /^(127(\.\d+){3}|0\.0\.0\.0)$/.test(name)
  );
}

/**
 * The same page and settings at another address of the same server.
 * @param address as a person types it: `192.168.1.20`, `192.168.1.20:3000`, `http://192.168.1.20:3000/`. Without a port, the link's own.
 * @returns null for what is no address, or again only this machine's
 */
export function phoneLink(link: string, address: string): string | null {
  const typed = address.trim();
  const here = new URL(link);
  const whole = /^https?:\/\//i.test(typed) ? typed : `${here.protocol}//${typed}`;
  let there: URL;
  try {
    there = new URL(whole);
  } catch {
    return null;
  }
  if (typed === '' || there.username !== '' || there.hostname === '' || isLoopback(there.hostname))
    return null;
  const hasPort = /:\d+$/.test(whole.replace(/^(https?:\/\/[^/?#]*).*$/i, '$1'));
  const port = hasPort || there.protocol !== here.protocol ? there.port : here.port;
  const host = port === '' ? there.hostname : `${there.hostname}:${port}`;
  return `${there.protocol}//${host}${here.pathname}${here.search}${here.hash}`;
}

/** @returns the addresses by which other machines open this site @throws where the host does not say */
export async function askAddresses(signal: AbortSignal): Promise<string[]> {
  const answer = await fetch(assetUrl(NETWORK_FILE), { signal, cache: 'no-store' });
  if (!answer.ok) throw new Error(`${NETWORK_FILE}: ${answer.status}`);
  const { addresses } = (await answer.json()) as NetworkAnswer;
  return addresses.flatMap((address) => {
    try {
      return [new URL(address).host];
    } catch {
      return [];
    }
  });
}
