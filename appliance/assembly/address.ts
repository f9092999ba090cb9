import { addressHere, inUrl } from '../network/addresses.ts';
import type { Settings } from '../settings.ts';

export interface AddressOptions {
  readonly settings: Pick<Settings, 'host' | 'publicPort'>;
  /** Which are made after it. */
  readonly network: () => { readonly network: { readonly addresses: readonly string[] } };
  readonly http: () => {
    readonly server: { readonly port: number; readonly securePort: number | undefined };
  };
}

/** Where the box is reached. */
export class Address {
  private readonly options: AddressOptions;

  constructor(options: AddressOptions) {
    this.options = options;
  }

  /** On which the box itself answers. */
  get port(): number {
    return this.options.http().server.port;
  }

  /** That visitors type. */
  get publicPort(): number {
    return this.options.settings.publicPort ?? this.port;
  }

  /** That visitors type for HTTPS, while it is answered: where the firewall leads 80 to the box, it does so with 443. */
  get securePort(): number | undefined {
    const port = this.options.http().server.securePort;
    return port !== undefined && this.options.settings.publicPort === 80 ? 443 : port;
  }

  /** Where a browser on the visitors' network finds the box; loopback when there is no network. */
  get url(): string {
    const address = this.options.network().network.addresses[0] ?? this.here;
    return `http://${inUrl(address)}${this.publicPort === 80 ? '' : `:${this.publicPort}`}`;
  }

  /** Where the box's own machine asks how it is. */
  get healthUrl(): string {
    return `http://${inUrl(this.here)}:${this.port}/healthz`;
  }

  private get here(): string {
    return addressHere(this.options.settings.host);
  }
}
