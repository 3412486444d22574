/** What the server says when it has started: where it is, and for the phones in a room an address and its QR code. */
import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';
import type { Place } from './place';

/** Networks within this machine, or to a far one: no phone in the room is in them. */
const NOT_THE_ROOM =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|lxc|podman|cni|tun|tap|utun|wg|zt|ppp|tailscale)/i;
/** Given by a machine to itself where nobody gave it one (RFC 3927). */
const SELF_GIVEN = /^169\.254\./;

/** IPv4 addresses of this machine in its networks, without the loopback; those that phones in the room are likely to reach come first. */
export function lanAddresses(interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? [])
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !SELF_GIVEN.test(address))
      .map(({ address }) => ({ address, elsewhere: NOT_THE_ROOM.test(name) })),
  );
  return found.sort((a, b) => Number(a.elsewhere) - Number(b.elsewhere)).map(({ address }) => address);
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
