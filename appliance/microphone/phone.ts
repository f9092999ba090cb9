import { Decoder } from '@evan/opus';
import type { IceAnswer, IceFragment, IfMatch } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import type { PeerState } from '../peer/peer.ts';
import { UbizoError } from '../protocol/errors.ts';
import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../floor/floor-frame.ts';
import type { Microphone, MicrophoneOutput } from './microphone.ts';
import { PacketOrder } from './packet-order.ts';
import { SocketPhone } from './socket-phone.ts';
import { SocketVoice } from './socket-voice.ts';

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
  private readonly frame = new Int16Array(FLOOR_FRAME_SAMPLES);
  private filled = 0;
  private connection: PhonePeer | SocketPhone | undefined;
  /** Would be better than the socket that speaks now, and takes its place once it stands. */
  private coming: PhonePeer | undefined;
  private started = false;
  private stopped = false;

  constructor(options: PhoneMicrophoneOptions) {
    this.options = options;
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
    const decoder = new Decoder({ channels: 1, sample_rate: FLOOR_RATE });
    const order = new PacketOrder({
      onPacket: (payload) => this.decode(decoder, payload),
      onMissing: () => this.conceal(),
    });
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
          if (current && this.connection === current && payload.length > 0)
            order.push(sequenceNumber, payload);
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
      onSound: (bytes) => this.hear(bytes),
      onMissing: () => this.conceal(),
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

  private decode(decoder: Decoder, payload: Uint8Array): void {
    let bytes: Uint8Array;
    try {
      bytes = decoder.decode(payload);
    } catch {
      // Not Opus: as good as lost.
      this.conceal();
      return;
    }
    this.hear(bytes);
  }

  /** `bytes`: s16le at 24 kHz, of any length that Opus allows. */
  private hear(bytes: Uint8Array): void {
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
    const capturedAt = performance.now();
    for (let at = 0; at < samples.length;) {
      const count = Math.min(FLOOR_FRAME_SAMPLES - this.filled, samples.length - at);
      this.frame.set(samples.subarray(at, at + count), this.filled);
      this.filled += count;
      at += count;
      if (this.filled < FLOOR_FRAME_SAMPLES) return;
      this.filled = 0;
      if (this.started) this.options.output.onFrame(this.frame, capturedAt);
    }
  }

  /** A lost packet: the last frame once more, at half its loudness, is heard less than a hole. */
  private conceal(): void {
    for (let i = 0; i < FLOOR_FRAME_SAMPLES; i++) this.frame[i] = (this.frame[i] ?? 0) >> 1;
    this.filled = 0;
    if (this.started) this.options.output.onFrame(this.frame, performance.now());
  }
}

function changedMeanwhile(): UbizoError {
  return new UbizoError('tour_state', 'The microphone was changed meanwhile. Choose your phone once more.');
}
