/** What the server says when it has started: where it is, and for the phones in a room an address and its QR code. */
import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';

export interface Place {
  host: string;
  port: number;
  basePath: string;
}

/** IPv4 addresses of this machine in its networks, without the loopback. */
export function lanAddresses(interfaces = networkInterfaces()): string[] {
  return Object.values(interfaces).flatMap((list) =>
    (list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address),
  );
}

/** Whether a server bound there answers other machines, too. */
const isOpen = (host: string) => host === '0.0.0.0' || host === '::';

/** Addresses of the home page for other machines; none where only this one is answered. @param addresses of this machine */
export function outsideAddresses({ host, port, basePath }: Place, addresses = lanAddresses()): string[] {
  return isOpen(host) ? addresses.map((address) => `http://${address}:${port}${basePath}/`) : [];
}

/** @param addresses of this machine, for a server that answers others */
export function announcement({ host, port, basePath }: Place, addresses = lanAddresses()): string {
  const at = (name: string) => `http://${name}:${port}${basePath}/`;
  const here = isOpen(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const lines = [`Epsilon Playground is at ${at(here)}`];
  const [first, ...others] = isOpen(host) ? addresses : [];
  if (first !== undefined)
    lines.push(
      `For the phones in this network: ${[first, ...others].map(at).join(' or ')}`,
      'Over plain http browsers give other machines no GPU and keep nothing offline; put https before it for those.',
      '',
      ...renderUnicodeCompact(at(first)).split('\n'),
    );
  else if (isOpen(host)) lines.push('This machine is in no network that others could reach it by.');
  lines.push('', 'Stop it with Ctrl+C.');
  return `\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
