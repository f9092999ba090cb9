import { hostname, networkInterfaces } from 'node:os';

export interface OwnNamesOptions {
  /** Names that the box announces or has a certificate for; they may change while it runs. */
  readonly names: () => readonly string[];
}

/**
 * Tells whether a request was meant for the box: by one of its names or addresses. Everything else came here because
 * the box answers for every name, or because a page elsewhere points a name of its own at the box (DNS rebinding).
 */
export class OwnNames {
  private readonly names: () => readonly string[];

  constructor({ names }: OwnNamesOptions) {
    this.names = names;
  }

  /**
   * @param host of the Host header (RFC 9110, 7.2), with or without port; none at all is HTTP/1.0 and meant for us.
   * @param localAddress the box's end of the connection.
   */
  isOwn(host: string | undefined, localAddress: string | undefined): boolean {
    if (host === undefined || host === '') return true;
    const { name } = splitHost(host);
    if (name === 'localhost' || name === bare(localAddress)) return true;
    if (isAddress(name)) return ownAddresses().includes(name);
    return [...this.names(), hostname()].some((own) => {
      const mine = own.toLowerCase();
      return name === mine || name === `${mine}.local`;
    });
  }
}

/** `Name.:8080` → `name`, `8080`. */
export function splitHost(host: string): { readonly name: string; readonly port: string | undefined } {
  const match = /^(\[[0-9a-f:.]+\]|[^:]*)(?::(\d{1,5}))?$/i.exec(host);
  if (!match) return { name: '', port: undefined };
  const [, name = '', port] = match;
  return {
    name: name
      .toLowerCase()
      .replace(/\.$/, '')
      .replace(/^\[|\]$/g, ''),
    port,
  };
}

function isAddress(name: string): boolean {
  return /^[\d.]+$/.test(name) || name.includes(':');
}

function bare(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:/, '');
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
}
