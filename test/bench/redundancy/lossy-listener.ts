import type { Page } from 'playwright-core';
import type { Channel } from '../../../appliance/channel/channel.ts';
import { parseOffer } from '../../../appliance/peer/offer.ts';
import type { RedundancyDistance } from '../../../appliance/peer/rtp-stream.ts';
import type { Shards } from '../../../appliance/shard/shards.ts';
import { BrowserListener, type Reception } from '../../browser-listener.ts';
import type { LossyNetwork } from '../../lossy-network.ts';

/** Between two moments. */
export interface Loss {
  /** Packets. */
  readonly due: number;
  readonly lost: number;
  /** Samples at 48 kHz. */
  readonly played: number;
  readonly concealed: number;
  readonly audible: number;
}

/** A browser behind a network that loses packets, connected to the product's shards. */
export class LossyListener {
  private readonly browser: BrowserListener;
  private before: Reception | undefined;

  private constructor(browser: BrowserListener) {
    this.browser = browser;
  }

  static async connect({
    page,
    shards,
    network,
    channel,
    red,
    distance = 1,
  }: {
    page: Page;
    shards: Shards;
    network: LossyNetwork;
    channel: Channel;
    red: boolean;
    distance?: RedundancyDistance;
  }): Promise<LossyListener> {
    const browser = await BrowserListener.offer(page, { red });
    const { peer, answer } = await shards.open({
      offer: parseOffer(browser.offer, { wants: 'receive' }),
      addresses: [network.boxAddress],
      events: { onState: () => undefined },
    });
    peer.tune(channel);
    peer.repeat(distance);
    await browser.connect(answer.text);
    return new LossyListener(browser);
  }

  async begin(): Promise<void> {
    this.before = await this.browser.reception();
  }

  /** What has happened since {@link begin}. */
  async end(): Promise<Loss> {
    const { before } = this;
    if (!before) throw new Error('It has not begun.');
    const now = await this.browser.reception();
    const lost = now.packetsLost - before.packetsLost;
    return {
      due: lost + now.packetsReceived - before.packetsReceived,
      lost,
      played: now.played - before.played,
      concealed: now.concealed - before.concealed,
      audible: now.audible - before.audible,
    };
  }
}
