import { isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Interfaces that lead away from the visitors: containers, tunnels, the mobile uplink. */
const NOT_THE_LAN = /^(docker|br-|veth|virbr|tun|tap|wg|tailscale|zt|wwan|ppp|ifb|dummy)/;

/** The box's own IPv4 addresses that visitors may reach, the radio's first. */
export function lanAddresses(): string[] {
  const named = Object.entries(networkInterfaces()).filter(([name]) => !NOT_THE_LAN.test(name));
  const radiosFirst = named.toSorted(([a], [b]) => Number(b.startsWith('wl')) - Number(a.startsWith('wl')));
  return radiosFirst.flatMap(([, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address),
  );
}

/** As an address stands in a URL (RFC 3986, 3.2.2). */
export function inUrl(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}

/** The addresses that mean all of a machine's. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** Where a program on the box itself reaches what listens at `host`. */
export function addressHere(host: string): string {
  return isWildcard(host) ? '127.0.0.1' : host;
}

/**
 * Where media is offered to who called at `localAddress`: the address they reached the box by is the one that works
 * for them. Who called over loopback is this machine's own browser, which looks for peers on the LAN; it is offered
 * one address only, because between addresses of one machine a reply may leave from another than was asked.
 */
export function mediaAddresses(localAddress: string | undefined): string[] {
  const address = localAddress?.replace(/^::ffff:/, '');
  // A candidate cannot say which link an address of the link is on (RFC 8839, 5.1).
  if (address && isIP(address) && !/^(127\.|::1$|fe[89ab])/i.test(address)) return [address];
  return [lanAddresses()[0] ?? '127.0.0.1'];
}

/** RFC 1918, RFC 3927, RFC 4193, loopback: a caller from the local network. */
export function isLocalNetwork(remoteAddress: string | undefined): boolean {
  const address = remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return (
    /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ||
    /^(::1$|f[cd][0-9a-f]{2}:|fe80:)/i.test(address)
  );
}
