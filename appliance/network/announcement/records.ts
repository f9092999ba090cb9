import { isIPv6 } from 'node:net';

/** One thing that the box offers (RFC 6763): `_TYPE._tcp` at a port. */
export interface Offer {
  readonly type: string;
  readonly port: number;
  readonly txt: Readonly<Record<string, string>>;
}

type RecordData =
  | { readonly type: 'A' | 'AAAA' | 'PTR'; readonly data: string }
  | {
      readonly type: 'SRV';
      readonly data: {
        readonly priority: number;
        readonly weight: number;
        readonly port: number;
        readonly target: string;
      };
    }
  | { readonly type: 'TXT'; readonly data: readonly Buffer[] }
  | {
      readonly type: 'NSEC';
      readonly data: { readonly nextDomain: string; readonly rrtypes: readonly string[] };
    };

/** `flush`: the box alone has records of this name and type, so this one replaces what others remember (RFC 6762, 10.2). */
export type AnnouncedRecord = RecordData & {
  readonly name: string;
  readonly ttl: number;
  readonly flush: boolean;
};

/** Somebody's record as it came over the network. */
export interface HeardRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number | undefined;
  readonly data?: unknown;
}

/** RFC 6762, 10: what has the host's name in it, and everything else, seconds. */
export const HOST_TTL = 120;
const OTHER_TTL = 4_500;
/** RFC 6763, 9: who asks what kinds of services there are asks for this. */
export const KINDS = '_services._dns-sd._udp.local';

/** Everything that is said about the box on one network: its name at its address there, and what it offers. */
export function recordsOf({
  name,
  address,
  offers,
}: {
  name: string;
  address: string;
  offers: readonly Offer[];
}): AnnouncedRecord[] {
  const host = `${name}.local`;
  const ours = { ttl: HOST_TTL, flush: true };
  const shared = { ttl: OTHER_TTL, flush: false };
  return [
    { name: host, type: isIPv6(address) ? 'AAAA' : 'A', data: address, ...ours },
    ...offers.flatMap(({ type, port, txt }): AnnouncedRecord[] => {
      const kind = `_${type}._tcp.local`;
      const service = `${name}.${kind}`;
      const pairs = Object.entries(txt).map(([key, value]) => Buffer.from(`${key}=${value}`));
      return [
        { name: kind, type: 'PTR', data: service, ...shared },
        { name: service, type: 'SRV', data: { priority: 0, weight: 0, port, target: host }, ...ours },
        { name: service, type: 'TXT', data: pairs, ttl: OTHER_TTL, flush: true },
        { name: KINDS, type: 'PTR', data: kind, ...shared },
      ];
    }),
  ];
}

/** Names are the same in any case (RFC 6762, 16). */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What tells records apart; lifetimes do not. */
export function identityOf({ name, type, data }: HeardRecord): string {
  return JSON.stringify([name, type, data]).toLowerCase();
}
