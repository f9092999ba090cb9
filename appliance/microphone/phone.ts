import type { IceAnswer, IceFragment, IfMatch } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import type { PeerState } from '../peer/peer-options.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Microphone, MicrophoneOutput } from './microphone.ts';
import { OpusVoice } from './opus-voice.ts';
import { SocketPhone } from './socket-phone.ts';
import { SocketVoice } from './socket-voice.ts';
import { VoiceFrames } from './voice-frames.ts';

/** The connection to a phone, wherever it lives. */
export interface PhonePeer {
  readonly id: string;
  readonly state: PeerState;
  apply(fragment: IceFragment, ifMatch: IfMatch): Promise<IceAnswer | undefined>;
  close(): void;
}

/** Answers a phone's offer; Opus payloads then arrive by `onPacket`. @throws UbizoError `bad_sdp`. */
export type OpenPeer = (connection: {
  offer: Offer;
  addresses: readonly string[];
  events: {
    onState: (state: PeerState) => void;
    onPacket: (payload: Uint8Array, sequenceNumber: number) => void;
  };
}) => Promise<{ peer: PhonePeer; answer: IceAnswer }>;

export interface PhoneMicrophoneOptions {
  readonly output: MicrophoneOutput;
  readonly openPeer: OpenPeer;
}

/** The guide's phone as the microphone: a browser or any WHIP encoder (RFC 9725) sends Opus, the floor gets PCM. */
export class PhoneMicrophone implements Microphone {
  private readonly options: PhoneMicrophoneOptions;
  private readonly frames: VoiceFrames;
  private connection: PhonePeer | SocketPhone | undefined;
  /** Would be better than the socket that speaks now, and takes its place once it stands. */
  private coming: PhonePeer | undefined;
  private started = false;
  private stopped = false;

  constructor(options: PhoneMicrophoneOptions) {
    this.options = options;
    this.frames = new VoiceFrames({
      onFrame: (samples, capturedAt) => {
        if (this.started) options.output.onFrame(samples, capturedAt);
      },
    });
  }

  start(): void {
    this.started = true;
    setImmediate(() => {
      if (!this.started) return;
      // A phone may have come while the microphone before this one was still letting go.
      if (!this.connection) this.options.output.onState({ kind: 'waiting' });
      else if (this.connection.state === 'connected') this.options.output.onState({ kind: 'open' });
    });
  }

  async stop(): Promise<void> {
    this.started = false;
    this.stopped = true;
    this.disconnect();
  }

  /** The newest phone is the microphone; one that was there before gives way. @throws UbizoError `bad_sdp`, `tour_state`. */
  async connect({
    offer,
    addresses,
  }: {
    offer: Offer;
    addresses: readonly string[];
  }): Promise<{ id: string; answer: IceAnswer }> {
    const voice = new OpusVoice({ frames: this.frames });
    let current: PhonePeer | undefined;
    const { peer, answer } = await this.options.openPeer({
      offer,
      addresses,
      events: {
        onState: (state) => {
          if (current && this.coming === current) this.hasCome(current, state);
          else if (current && this.connection === current) this.changed(state);
        },
        onPacket: (payload, sequenceNumber) => {
          if (current && this.connection === current) voice.push(payload, sequenceNumber);
        },
      },
    });
    if (this.stopped) {
      peer.close();
      throw changedMeanwhile();
    }
    current = peer;
    if (this.connection instanceof SocketPhone) {
      this.coming?.close();
      this.coming = peer;
    } else {
      this.disconnect();
      this.connection = peer;
    }
    return { id: peer.id, answer };
  }

  /**
   * A phone that WebRTC does not reach: its sound comes over a socket, until a connection by WebRTC stands.
   * @param rate of samples that are not Opus, Hz. @param onClose another phone speaks now, or none.
   * @throws UbizoError `tour_state`.
   */
  async connectSocket({ rate, onClose }: { rate: number; onClose: () => void }): Promise<SocketPhone> {
    const voice = await SocketVoice.create({
      rate,
      onSound: (bytes) => this.frames.hear(bytes),
      onMissing: () => this.frames.conceal(),
    });
    if (this.stopped) {
      voice.close();
      throw changedMeanwhile();
    }
    const phone = new SocketPhone({
      voice,
      onClose,
      onState: (state) => {
        if (this.connection === phone) this.changed(state);
      },
    });
    this.disconnect();
    this.connection = phone;
    phone.start();
    return phone;
  }

  /** @throws UbizoError `listener_not_found` when another phone has taken over. */
  peer(id: string): Pick<PhonePeer, 'apply'> {
    const peer = [this.connection, this.coming].find((each) => each?.id === id);
    if (!peer || peer instanceof SocketPhone)
      throw new UbizoError('listener_not_found', 'This phone is no longer the microphone.');
    return peer;
  }

  disconnect(id?: string): void {
    const { connection, coming } = this;
    if (coming && (id === undefined || coming.id === id)) {
      this.coming = undefined;
      coming.close();
    }
    if (!connection || (id !== undefined && connection.id !== id)) return;
    this.connection = undefined;
    if (this.started) this.options.output.onState({ kind: 'waiting' });
    connection.close();
  }

  private hasCome(peer: PhonePeer, state: PeerState): void {
    if (state === 'closed') this.coming = undefined;
    if (state !== 'connected') return;
    const before = this.connection;
    this.coming = undefined;
    this.connection = peer;
    before?.close();
    this.changed(state);
  }

  private changed(state: PeerState): void {
    if (!this.started) return;
    if (state === 'connected') this.options.output.onState({ kind: 'open' });
    else if (state === 'disconnected' || state === 'closed') {
      this.options.output.onState({
        kind: 'lost',
        problem: {
          code: 'microphone_lost',
          message: 'Your phone’s sound has stopped. Keep its page open; it reconnects by itself.',
        },
      });
    }
  }
}

function changedMeanwhile(): UbizoError {
  return new UbizoError('tour_state', 'The microphone was changed meanwhile. Choose your phone once more.');
}
