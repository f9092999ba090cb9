import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** An address that a phone has on the box's own Wi-Fi. */
export interface Lease {
  readonly address: string;
  /** The phone's own mark on the network, `02:00:…`; phones change it from network to network. */
  readonly hardware: string;
  /** ms since the epoch; `Infinity` for one that never ends. */
  readonly endsAt: number;
}

/** Nothing tells when the folder itself comes and goes with the radio, so it is looked at anew this often. */
const LOOK_MS = 5_000;
/** dnsmasq writes the file in place, in more than one go. */
const SETTLE_MS = 50;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Who is on the box's own Wi-Fi, from dnsmasq's lease file (dnsmasq(8), `--dhcp-leasefile`). Without the file, as on
 * somebody else's Wi-Fi, there are none.
 */
export class Leases {
  private readonly path: string;
  private readonly now: () => number;
  private readonly listeners = new Set<(leases: readonly Lease[]) => void>();
  private known: readonly Lease[] = [];
  private watcher: FSWatcher | undefined;
  private look: NodeJS.Timeout | undefined;
  private settling: NodeJS.Timeout | undefined;
  private ending: NodeJS.Timeout | undefined;
  private running = false;

  constructor({ path, now = Date.now }: { path: string; now?: () => number }) {
    this.path = path;
    this.now = now;
  }

  get all(): readonly Lease[] {
    return this.known;
  }

  of(address: string): Lease | undefined {
    return this.known.find((lease) => lease.address === address);
  }

  /** Told whenever one begins or ends. @returns the undoing. */
  subscribe(listener: (leases: readonly Lease[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async start(): Promise<void> {
    this.running = true;
    this.follow();
    this.look = setInterval(() => {
      this.follow();
      void this.read();
    }, LOOK_MS).unref();
    await this.read();
  }

  stop(): void {
    this.running = false;
    this.watcher?.close();
    this.watcher = undefined;
    for (const timer of [this.look, this.settling, this.ending]) clearTimeout(timer);
  }

  private follow(): void {
    if (this.watcher) return;
    try {
      const watcher = watch(dirname(this.path), { persistent: false }, (_, name) => {
        if (name !== basename(this.path)) return;
        clearTimeout(this.settling);
        this.settling = setTimeout(() => void this.read(), SETTLE_MS).unref();
      });
      const forget = (): void => {
        watcher.close();
        if (this.watcher === watcher) this.watcher = undefined;
      };
      watcher.on('error', forget);
      this.watcher = watcher;
    } catch {
      // The folder is not there (yet).
    }
  }

  private async read(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    if (!this.running) return;
    const now = this.now();
    // dnsmasq takes an ended lease out when it next looks; until then its end is in the line.
    const leases = parseLeases(text).filter(({ endsAt }) => endsAt > now);
    clearTimeout(this.ending);
    const next = Math.min(...leases.map(({ endsAt }) => endsAt));
    if (Number.isFinite(next))
      this.ending = setTimeout(() => void this.read(), Math.min(next - now + 1, LONGEST_TIMER_MS)).unref();
    if (same(leases, this.known)) return;
    this.known = leases;
    for (const listener of this.listeners) listener(leases);
  }
}

/** `EXPIRY MAC ADDRESS NAME CLIENT-ID`, an expiry of 0 for ever; lines of DHCPv6 and half-written ones are left out. */
function parseLeases(text: string): readonly Lease[] {
  const leases: Lease[] = [];
  for (const line of text.split('\n')) {
    const match = /^(\d+) ((?:[0-9a-f]{2}-)?(?:[0-9a-f]{2}:)+[0-9a-f]{2}) (\d+\.\d+\.\d+\.\d+) \S+ \S+/i.exec(
      line,
    );
    if (!match) continue;
    const [, expiry = '', hardware = '', address = ''] = match;
    const endsAt = expiry === '0' ? Infinity : Number(expiry) * 1_000;
    leases.push({ address, hardware: hardware.toLowerCase(), endsAt });
  }
  return leases;
}

function same(a: readonly Lease[], b: readonly Lease[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ address, hardware, endsAt }, index) => {
      const other = b[index];
      return other?.address === address && other.hardware === hardware && other.endsAt === endsAt;
    })
  );
}
