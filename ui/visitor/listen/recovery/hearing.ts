import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import { LoadedLater } from '../../../elements/loaded-later.ts';
import type { PeerStatus } from '../../../link/peer-session.ts';
import { asLinkError } from '../../../link/problem.ts';
import { WhepConnection } from '../../../link/whep-connection.ts';
import type { Way, WayName } from '../ways/way.ts';
import type { Reception } from './reception.ts';
import type { ReceptionOptions } from './reception-options.ts';
import type * as Later from './reception.ts';

/** A first offer that is not answered within this time will not be, ms. */
const FIRST_MS = 10_000;
/** Between two attempts to fetch what mends it, ms. */
const AGAIN_MS = 1_000;

export interface HearingOptions extends ReceptionOptions {
  /** Fetches what keeps and mends the connection. */
  readonly keeper: () => Promise<typeof Later>;
}

/**
 * The sound on its way to this phone. The first connection is all that the first word needs; what keeps and mends it
 * ({@link Reception}) is fetched beside it and takes it over.
 */
export class Hearing implements ReactiveController {
  private readonly host: ReactiveControllerHost;
  private readonly options: HearingOptions;
  private readonly later: LoadedLater<typeof Later>;
  private first: WhepConnection | undefined;
  /** What became of the first offer. */
  private answered: 'yes' | 'no' | undefined;
  private stands = false;
  /** The box has said that it is over, before there was anybody to mend it. */
  private over = false;
  private keeper: Reception | undefined;

  constructor(host: ReactiveControllerHost, options: HearingOptions) {
    this.host = host;
    this.options = options;
    this.later = new LoadedLater(host, options.keeper);
    host.addController(this);
  }

  get status(): PeerStatus {
    if (this.keeper) return this.keeper.status;
    if (!this.first) return 'idle';
    return this.stands ? 'connected' : 'connecting';
  }

  get peer(): RTCPeerConnection | undefined {
    return this.keeper ? this.keeper.peer : this.first?.peer;
  }

  get otherWay(): WayName | undefined {
    return this.keeper?.otherWay;
  }

  get node(): AudioNode | undefined {
    return this.keeper?.node;
  }

  get wayPlaying(): Way | undefined {
    return this.keeper?.wayPlaying;
  }

  get cause(): RecoveryCause | undefined {
    return this.keeper?.cause;
  }

  /** Call it inside a gesture, if there is one. */
  start(): void {
    if (this.options.wanted()) for (const { unlock } of this.options.ways) unlock?.();
    if (this.keeper) this.keeper.start();
    else if (!this.first) this.connect();
  }

  stop(): void {
    this.keeper?.stop();
    this.first?.close();
    this.first = undefined;
  }

  lost(): void {
    if (this.keeper) void this.keeper.lost();
    else this.over = this.first !== undefined;
  }

  chance(): void {
    void this.later.load({ again: true });
    this.keeper?.chance();
  }

  sounding(soundingMs: number): void {
    this.keeper?.sounding(soundingMs);
  }

  follow(language: string): void {
    this.keeper?.follow(language);
  }

  hostUpdated(): void {
    if (this.first && !this.keeper) void this.later.load().then(() => this.handOver());
  }

  hostDisconnected(): void {
    this.stop();
  }

  private connect(): void {
    const { endpoint, onStream } = this.options;
    const first = new WhepConnection({
      onConnected: () => {
        this.stands = true;
        this.host.requestUpdate();
      },
      onFailed: () => this.settle(first, 'no'),
    });
    this.first = first;
    this.stands = false;
    this.over = false;
    this.answered = undefined;
    onStream(first.stream);
    const signal = AbortSignal.timeout(FIRST_MS);
    first.open({ endpoint: endpoint(false), onOffered: () => undefined, signal }).then(
      () => this.settle(first, 'yes'),
      (error: unknown) => {
        if (first !== this.first) return;
        if (this.options.onProblem(asLinkError(error))) this.settle(first, 'no');
        else this.stop();
      },
    );
    this.host.requestUpdate();
  }

  private settle(first: WhepConnection, answered: 'yes' | 'no'): void {
    if (first !== this.first) return;
    this.answered = answered;
    this.handOver();
    if (this.first) void this.fetchKeeper();
    this.host.requestUpdate();
  }

  /** It is as far away as the box: where it cannot be had now, it is asked for until it can. */
  private async fetchKeeper(): Promise<void> {
    while (this.first && !this.later.part) {
      await this.later.load({ again: true });
      if (!this.later.part) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    this.handOver();
  }

  /** Once it is known what there is to take over, and who does. */
  private handOver(): void {
    const { part } = this.later;
    const { first } = this;
    if (!part || !first || this.answered === undefined || this.keeper) return;
    this.first = undefined;
    this.keeper = new part.Reception(this.host, this.options);
    if (this.answered === 'yes') {
      this.keeper.takeOver(first, { stands: this.stands });
      if (this.over) void this.keeper.lost();
    } else {
      first.close();
      if (this.options.wanted()) this.keeper.start();
    }
  }
}
