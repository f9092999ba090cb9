import type { RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import type { Way, WayName, WayOnOffer, WayParts } from './way.ts';

export interface OpenWayOptions {
  /** The best first. */
  readonly ways: readonly WayOnOffer[];
  readonly parts: Omit<WayParts, 'onLost'>;
  /** The language that is heard. */
  readonly language: () => string;
  readonly onPlaying: () => void;
  /** It has played, and does so no more. */
  readonly onLost: (reason: RecoveryCause) => void;
  /** None of them plays. */
  readonly onNone: () => void;
}

/** The way by which the sound comes instead of WebRTC: the first that works, remembered for the visit. */
export class OpenWay {
  /** Which one plays. */
  name: WayName | undefined;
  private readonly options: OpenWayOptions;
  private best = 0;
  private way: Way | undefined;
  private language = '';
  private turn = 0;

  constructor(options: OpenWayOptions) {
    this.options = options;
  }

  /** Where the sound can be looked at. */
  get node(): AudioNode | undefined {
    return this.name && this.way?.node;
  }

  /** The way itself, while it plays. */
  get playing(): Way | undefined {
    return this.name && this.way;
  }

  open(): void {
    this.close();
    void this.tryFrom(this.best, this.turn);
  }

  /** The visitor hears another language now. */
  follow(language: string): void {
    if (!this.way || language === this.language) return;
    this.language = language;
    this.way.switch(language);
  }

  close(): void {
    this.turn++;
    this.name = undefined;
    this.way?.close();
    this.way = undefined;
  }

  private async tryFrom(at: number, turn: number): Promise<void> {
    const { ways, onNone, onPlaying } = this.options;
    const offered = ways[at];
    if (!offered) {
      this.best = 0;
      onNone();
      return;
    }
    const opened = await this.tryOne(offered, turn);
    if (turn !== this.turn) return;
    if (!opened) {
      this.way?.close();
      this.way = undefined;
      await this.tryFrom(at + 1, turn);
      return;
    }
    this.best = at;
    this.name = offered.name;
    // The visitor may have changed it meanwhile.
    this.follow(this.options.language());
    onPlaying();
  }

  private async tryOne({ make }: WayOnOffer, turn: number): Promise<boolean> {
    const { parts, language } = this.options;
    try {
      const way = await make({ ...parts, onLost: (reason) => this.lost(turn, reason) });
      if (turn !== this.turn) {
        way.close();
        return false;
      }
      this.way = way;
      this.language = language();
      return (await way.open(this.language)).is === 'playing';
    } catch {
      // What it is made of could not be fetched.
      return false;
    }
  }

  private lost(turn: number, reason: RecoveryCause): void {
    if (turn === this.turn && this.name) this.options.onLost(reason);
  }
}
