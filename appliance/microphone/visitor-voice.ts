import { OpusVoice } from './opus-voice.ts';
import type { OpenPeer, PhonePeer } from './phone.ts';
import { VoiceFrames } from './voice-frames.ts';
import type { IceAnswer, IceFragment, IfMatch } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import type { PeerState } from '../peer/peer-options.ts';

export interface VisitorVoiceOptions {
  readonly attendee: string;
  readonly openPeer: OpenPeer;
  /** Whether somebody hears it just now. What comes while nobody does is not even decoded. */
  readonly heard: () => boolean;
  /** Whether who begins to hear it wants the second before as well. */
  readonly fromBefore?: () => boolean;
  /** 480 samples, 20 ms; the buffer is used again. `capturedAt`: ms of `performance.now()`. */
  readonly onFrame: (samples: Int16Array, capturedAt: number) => void;
  /** A packet came that nobody hears. */
  readonly onDropped: () => void;
  readonly onState: (voice: VisitorVoice) => void;
}

/** Who presses and speaks in one has said a word by the time it is their turn, ms. */
const BEFORE_MS = 1_000;

interface Packet {
  readonly payload: Uint8Array;
  readonly sequenceNumber: number;
  readonly at: number;
}

/** A visitor's microphone: they send by WHIP (RFC 9725), the box gets frames. */
export class VisitorVoice {
  readonly attendee: string;
  /** When its last packet came, ms of `performance.now()`. */
  packetAt = -Infinity;
  private readonly options: VisitorVoiceOptions;
  private voice: OpusVoice;
  private readonly frames: VoiceFrames;
  private peer: PhonePeer | undefined;
  private wasHeard = false;
  /** The last second that nobody heard, undecoded. */
  private before: Packet[] = [];

  constructor(options: VisitorVoiceOptions) {
    this.options = options;
    this.attendee = options.attendee;
    this.frames = new VoiceFrames({ onFrame: options.onFrame });
    this.voice = new OpusVoice({ frames: this.frames });
  }

  /** Of its WHIP resource; '' before it is connected. */
  get id(): string {
    return this.peer?.id ?? '';
  }

  get state(): PeerState {
    return this.peer?.state ?? 'connecting';
  }

  /** @throws UbizoError `bad_sdp`, `media_port_unavailable`. */
  async connect({ offer, addresses }: { offer: Offer; addresses: readonly string[] }): Promise<IceAnswer> {
    const { peer, answer } = await this.options.openPeer({
      offer,
      addresses,
      events: {
        onState: () => this.options.onState(this),
        onPacket: (payload, sequenceNumber) => this.take(payload, sequenceNumber),
      },
    });
    this.peer = peer;
    return answer;
  }

  /**
   * Candidates, or an ICE restart. @returns the fragment that answers a restart.
   * @throws UbizoError `bad_sdp`, `precondition_failed`, `listener_not_found`.
   */
  async apply(fragment: IceFragment, ifMatch: IfMatch): Promise<IceAnswer | undefined> {
    return this.peer?.apply(fragment, ifMatch);
  }

  close(): void {
    this.peer?.close();
  }

  private take(payload: Uint8Array, sequenceNumber: number): void {
    this.packetAt = performance.now();
    const heard = this.options.heard();
    // What was left out is no loss that would have to be covered up.
    if (heard && !this.wasHeard) this.begin();
    this.wasHeard = heard;
    if (heard) this.voice.push(payload, sequenceNumber);
    else this.drop({ payload, sequenceNumber, at: this.packetAt });
  }

  private begin(): void {
    this.voice = new OpusVoice({ frames: this.frames });
    const { before } = this;
    this.before = [];
    if (this.options.fromBefore?.() !== true) return;
    for (const { payload, sequenceNumber, at } of before)
      if (this.packetAt - at <= BEFORE_MS) this.voice.push(payload, sequenceNumber);
  }

  private drop(packet: Packet): void {
    this.options.onDropped();
    if (!this.options.fromBefore) return;
    this.before.push(packet);
    while (this.before[0] && packet.at - this.before[0].at > BEFORE_MS) this.before.shift();
  }
}
