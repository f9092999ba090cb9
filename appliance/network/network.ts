import { Leases } from './leases.ts';
import { OwnNames } from './own-names.ts';
import { Passes } from './portal/passes.ts';
import { Portal, type PublicCertificate } from './portal/portal.ts';

export interface NetworkOptions {
  /** The folder of firmware-scripts/radio. */
  readonly radio: string;
  /** Names by which the box may be called, besides its own host name and its addresses. */
  readonly names: () => readonly string[];
  readonly certificate: () => PublicCertificate | undefined;
}

/** The box as its visitors' phones meet it before they know of tours: Wi-Fi, names, portal. */
export class Network {
  readonly portal: Portal;
  private readonly leases: Leases;
  private readonly passes: Passes;

  constructor({ radio, names, certificate }: NetworkOptions) {
    this.leases = new Leases({ path: `${radio}/leases` });
    this.passes = new Passes({ leases: this.leases });
    const own = new OwnNames({
      names: () => [...names(), ...[certificate()?.name ?? []].flat()],
    });
    this.portal = new Portal({ names: own, passes: this.passes, certificate });
  }

  async start(): Promise<void> {
    this.passes.start();
    await this.leases.start();
  }

  async stop(): Promise<void> {
    this.leases.stop();
    this.passes.stop();
    return Promise.resolve();
  }
}
