import { Service } from 'bonjour-service';

/** One thing that the box offers (RFC 6763): `_TYPE._tcp` at a port. */
export interface Offer {
  readonly type: string;
  readonly port: number;
  readonly txt: Readonly<Record<string, string>>;
}

/** A record with the bit that lets it replace what others remember (RFC 6762, 10.2). */
export type AnnouncedRecord = ReturnType<Service['records']>[number] & { readonly flush?: boolean };

const HOST_TTL_SECONDS = 120;

/**
 * Everything that is said about the box on one network: its name at its address there, and what it offers. The
 * library's own list of addresses holds those of every interface, so that a phone would be sent to the uplink's.
 */
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
  const records: AnnouncedRecord[] = [
    { name: host, type: 'A', ttl: HOST_TTL_SECONDS, data: address, flush: true },
  ];
  for (const { type, port, txt } of offers) {
    const service = new Service({ name, type, port, host, txt: { ...txt } }, nothing, nothing);
    for (const record of service.records()) {
      if (record.type === 'A' || record.type === 'AAAA') continue;
      // A PTR is shared by all who offer the same; the rest is ours alone.
      records.push(record.type === 'PTR' ? record : { ...record, flush: true });
    }
  }
  return records;
}

function nothing(): void {
  // The library's registry would start and stop services by these; the announcement does it itself.
}
