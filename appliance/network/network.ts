import { hostname, networkInterfaces } from 'node:os';
import type { Log } from '../log.ts';
import { isWildcard, lanAddresses } from './addresses.ts';
import { Announcement } from './announcement/announcement.ts';
import type { Offer } from './announcement/records.ts';
import { Leases } from './leases.ts';
import { OwnNames } from './own-names.ts';
import { Passes } from './portal/passes.ts';
import { Portal } from './portal/portal.ts';
import { Radio } from './radio.ts';

/** The certificate that the box serves HTTPS with. */
export interface BoxCertificate {
  readonly daysLeft: number;
  /** The public name that it is for, when visitors' phones trust it; none for one that the box made itself. */
  readonly publicName?: string;
}

export interface NetworkOptions {
  /** The folder of firmware-scripts/radio. */
  readonly radio: string;
  /** Where the box listens: on loopback alone there is nobody to be found by. */
  readonly host: string;
  /** Further names by which the box may be called. */
  readonly names: readonly string[];
  readonly certificate: () => BoxCertificate | undefined;
  /** What is offered: a new box has other ports, a tour begins and ends. */
  readonly offers: () => readonly Offer[];
  /** What its owner calls the box. */
  readonly boxName: () => string;
  readonly log: Log;
}

/** Often enough for a certificate that comes or expires. */
const CAPTIVE_LOOK_MS = 60_000;

/** The box as its visitors' phones meet it before they know of tours: Wi-Fi, names, portal. */
export class Network {
  readonly portal: Portal;
  readonly radio: Radio;
  readonly leases: Leases;
  private readonly options: NetworkOptions;
  private readonly passes: Passes;
  private readonly announcement: Announcement;
  private captiveLook: NodeJS.Timeout | undefined;

  constructor(options: NetworkOptions) {
    const { certificate, names, offers, log } = options;
    this.options = options;
    this.radio = new Radio({ folder: options.radio });
    this.leases = new Leases({ path: this.radio.leasesPath });
    this.passes = new Passes({ leases: this.leases });
    this.announcement = new Announcement({
      name: hostname().split('.')[0] ?? 'ubizo',
      addresses: () => this.addresses,
      own: ownAddresses,
      offers,
      log,
    });
    const publicCertificate = () => {
      const { publicName: name, daysLeft = 0 } = certificate() ?? {};
      return name === undefined || daysLeft <= 0 ? undefined : { name, daysLeft };
    };
    this.portal = new Portal({
      boxName: options.boxName,
      names: new OwnNames({
        names: () => [...names, this.announcement.name, ...[publicCertificate()?.name ?? []].flat()],
      }),
      passes: this.passes,
      certificate: publicCertificate,
    });
  }

  /** Where visitors reach the box, the best first: on the radio's network when the radio is ours. */
  get addresses(): readonly string[] {
    const { host } = this.options;
    if (!isWildcard(host)) return host.startsWith('127.') || host === '::1' ? [] : [host];
    const visitors = this.radio.state?.interface;
    const own = (visitors === undefined ? [] : (networkInterfaces()[visitors] ?? []))
      .filter(({ family }) => family === 'IPv4')
      .map(({ address }) => address);
    return own.length > 0 ? own : lanAddresses();
  }

  /** The name to call the box by on its visitors' network, with `.local`. */
  get localName(): string {
    return `${this.announcement.name}.local`;
  }

  async start(): Promise<void> {
    this.passes.start();
    await this.leases.start();
    this.announcement.start();
    this.captiveLook = setInterval(() => void this.tellCaptive(), CAPTIVE_LOOK_MS).unref();
    void this.tellCaptive();
  }

  async stop(): Promise<void> {
    clearInterval(this.captiveLook);
    await this.announcement.stop();
    this.leases.stop();
    this.passes.stop();
  }

  /** Phones are told of the portal by DHCP only while its certificate is good (RFC 8910). */
  private async tellCaptive(): Promise<void> {
    if (!this.radio.state) return;
    const { name } = this.portal.certificate ?? {};
    await this.radio.captive(name).catch((error: unknown) => {
      this.options.log.debug({ err: error }, 'the radio was not told of the certificate');
    });
  }
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
}
