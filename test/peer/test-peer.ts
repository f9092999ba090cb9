import { EventEmitter, once } from 'node:events';
import { type Certificate, makeCertificate } from '../../appliance/peer/dtls.ts';
import { MediaSocket } from '../../appliance/peer/media-socket.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';
import { Peer } from '../../appliance/peer/peer.ts';
import type { PeerOptions, PeerState } from '../../appliance/peer/peer-options.ts';
import type { ReceiverReport } from '../../appliance/peer/rtcp.ts';
import type { SharedFrame } from '../../appliance/peer/rtp-stream.ts';
import type { PhoneClient } from './phone-client.ts';

let certificate: Promise<Certificate> | undefined;

/** The box's end of one connection, on loopback. */
export class TestPeer {
  readonly states: PeerState[] = [];
  readonly reports: ReceiverReport[] = [];
  readonly socket: MediaSocket;
  private readonly events = new EventEmitter();
  private readonly made: Certificate;
  private opened: Peer | undefined;
  private timestamp = 0;

  private constructor(socket: MediaSocket, made: Certificate) {
    this.socket = socket;
    this.made = made;
  }

  static async create(): Promise<TestPeer> {
    certificate ??= makeCertificate();
    return new TestPeer(await MediaSocket.bind('127.0.0.1', [0]), await certificate);
  }

  get peer(): Peer {
    if (!this.opened) throw new Error('Nobody has offered yet.');
    return this.opened;
  }

  /** @returns the answer to an offer. */
  answer(sdp: string, options: Partial<PeerOptions> = {}): string {
    this.opened = new Peer({
      offer: parseOffer(sdp, { wants: 'receive' }),
      certificate: this.made,
      sockets: [this.socket],
      later: (work) => setImmediate(work),
      onState: (state) => {
        this.states.push(state);
        this.events.emit('change');
      },
      onReport: (report) => {
        this.reports.push(report);
        this.events.emit('change');
      },
      ...options,
    });
    return this.opened.answer().text;
  }

  async connect(phone: PhoneClient, options: Partial<PeerOptions> = {}): Promise<string> {
    const answer = this.answer(await phone.offer(), options);
    await phone.accept(answer);
    await phone.connected();
    await this.until(() => this.states.includes('connected'));
    return answer;
  }

  /** Resolves when `condition` is true, now or after something has changed. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.events, 'change');
  }

  /** Sends 20 ms. */
  send(payload: Uint8Array = Buffer.from([0xf8, 0xff, 0xfe]), frame: Partial<SharedFrame> = {}): void {
    this.timestamp += 960;
    const { timestamp } = this;
    this.peer.send({ payload, timestamp, marker: false, ...frame }, frame.timestamp ?? timestamp, false);
  }

  close(): void {
    this.opened?.close();
    this.socket.close();
  }
}
