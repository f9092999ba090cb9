import type { Certificate } from '../peer/dtls.ts';
import type { IceAnswer } from '../peer/ice-fragment.ts';
import { MediaSocket } from '../peer/media-socket.ts';
import { Peer } from '../peer/peer.ts';
import { type Problem, UbizoError } from '../protocol/errors.ts';
import { Bursts } from './bursts.ts';
import { HandshakeLane } from './handshake-lane.ts';
import { Lateness } from './lateness.ts';
import type { FrameMessage, FromShard, ToShard } from './messages.ts';
import { Seat } from './seat.ts';

export interface ShardHostOptions {
  readonly certificate: Certificate;
  readonly ports: readonly number[];
  readonly maxPtime: number;
  /** Frames older than this are not sent, ms. */
  readonly tooLateMs?: number | undefined;
  /** The main thread's clock, ms. */
  readonly now: () => number;
  readonly post: (message: FromShard) => void;
  /** Delivers every frame that has arrived and not been seen yet. */
  readonly takeFrames: () => void;
}

/** The care for a thousand phones takes as long as a frame to them: a little of it is done at a time. */
const TICK_MS = 100;
/** In ticks: each phone is looked after once a second, and has a sender report every ten. */
const WATCH_EVERY = 10;
const REPORT_EVERY = 100;
const TELL_EVERY = 10;

/** What a shard does: connections, and frames to whoever hears their channel. Runs in a thread of its own. */
export class ShardHost {
  private readonly options: ShardHostOptions;
  private readonly sockets = new Map<string, Promise<MediaSocket>>();
  private readonly bound = new Set<MediaSocket>();
  private readonly seats = new Map<string, Seat>();
  private readonly audiences = new Map<number, Set<Seat>>();
  private readonly lane: HandshakeLane;
  private readonly lateness = new Lateness();
  private readonly bursts: Bursts;
  private reports: Extract<FromShard, { type: 'reports' }>['reports'][number][] = [];
  private turn = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: ShardHostOptions) {
    this.options = options;
    this.bursts = new Bursts({
      now: options.now,
      tooLateMs: options.tooLateMs,
      onBegin: () => {
        for (const socket of this.bound) socket.look();
      },
      onSent: ({ at }) => this.lateness.add(options.now() - at),
    });
    this.lane = new HandshakeLane({
      framesFirst: () => {
        options.takeFrames();
        return this.bursts.underWay;
      },
    });
  }

  start(): void {
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.options.post({ type: 'ready' });
  }

  stop(): void {
    clearInterval(this.timer);
    this.bursts.stop();
    for (const { peer } of this.seats.values()) peer.close();
    for (const socket of this.bound) socket.close();
    this.bound.clear();
    this.sockets.clear();
  }

  take(message: ToShard): void {
    switch (message.type) {
      case 'open':
        void this.reply(message.request, () => this.open(message));
        break;
      case 'apply':
        void this.reply(message.request, () => this.apply(message));
        break;
      case 'tune':
        this.tune(message.peer, message.channel);
        break;
      case 'repeat':
        this.seats.get(message.peer)?.peer.repeat(message.distance);
        break;
      case 'go-on':
        this.seats.get(message.peer)?.peer.goOn(message.from);
        break;
      case 'close':
        this.seats.get(message.peer)?.peer.close();
        break;
      case 'look':
        this.options.post({
          type: 'seen',
          request: message.request,
          view: this.seats.get(message.peer)?.peer.view(performance.now()),
        });
        break;
      case 'stop':
        this.stop();
    }
  }

  /** Hot path: one frame to everyone who hears its channel. */
  deliver(frame: FrameMessage): void {
    const audience = this.audiences.get(frame.channel);
    if (audience) this.bursts.add(frame, audience);
  }

  private async open(message: Extract<ToShard, { type: 'open' }>): Promise<IceAnswer> {
    const { peer: id, offer, addresses, source, from } = message;
    const { certificate, maxPtime, post } = this.options;
    const sockets = await Promise.all(addresses.map((address) => this.socketAt(address)));
    const peer = new Peer({
      offer,
      certificate,
      sockets,
      maxPtime,
      source,
      later: (work, urgency) => this.lane.add(work, urgency),
      onState: (state) => {
        if (state === 'closed') this.leave(id);
        post({ type: 'state', peer: id, state, ...(state === 'closed' && { sent: peer.progress }) });
      },
      onReport: (report) => this.reports.push({ peer: id, ...report }),
      ...(offer.wants === 'send' && {
        onPacket: (payload, sequenceNumber) => post({ type: 'packet', peer: id, payload, sequenceNumber }),
      }),
    });
    if (from) peer.goOn(from);
    this.seats.set(id, new Seat(peer));
    return peer.answer();
  }

  private apply({ peer, fragment, ifMatch }: Extract<ToShard, { type: 'apply' }>): IceAnswer | undefined {
    const seat = this.seats.get(peer);
    if (!seat) throw new UbizoError('listener_not_found', 'This connection is over; offer a new one.');
    return seat.peer.apply(fragment, ifMatch);
  }

  private tune(id: string, channel: number): void {
    const seat = this.seats.get(id);
    if (!seat) return;
    this.unseat(seat);
    seat.tune(channel);
    const audience = this.audiences.get(channel) ?? new Set();
    this.audiences.set(channel, audience.add(seat));
  }

  private leave(id: string): void {
    const seat = this.seats.get(id);
    this.seats.delete(id);
    if (seat) this.unseat(seat);
  }

  private unseat(seat: Seat): void {
    if (seat.channel === undefined) return;
    const audience = this.audiences.get(seat.channel);
    audience?.delete(seat);
    if (audience?.size === 0) this.audiences.delete(seat.channel);
  }

  private socketAt(address: string): Promise<MediaSocket> {
    const known = this.sockets.get(address);
    if (known) return known;
    const { ports } = this.options;
    const binding = MediaSocket.bind(address, ports.length > 0 ? ports : [0]).then(
      (socket) => {
        this.bound.add(socket);
        return socket;
      },
      (cause: unknown) => {
        // Tried anew for the next phone: by then the address or the port may be there.
        this.sockets.delete(address);
        throw new UbizoError(
          'media_port_unavailable',
          'The box has no free port for sound. Tell your guide.',
          {
            cause,
          },
        );
      },
    );
    this.sockets.set(address, binding);
    return binding;
  }

  private async reply(
    request: number,
    work: () => IceAnswer | undefined | Promise<IceAnswer | undefined>,
  ): Promise<void> {
    const { post } = this.options;
    try {
      post({ type: 'done', request, value: await work() });
    } catch (error) {
      post({ type: 'refused', request, problem: problemOf(error) });
    }
  }

  private tick(): void {
    const { now, takeFrames } = this.options;
    takeFrames();
    const mediaTime = Math.round(now() * 48);
    const clock = performance.now();
    this.turn = (this.turn + 1) % REPORT_EVERY;
    let index = 0;
    for (const { peer } of this.seats.values()) {
      const due = index++ - this.turn;
      if (due % WATCH_EVERY === 0 && peer.watch(clock) && due % REPORT_EVERY === 0) peer.report(mediaTime);
    }
    if (this.turn % TELL_EVERY === 0) this.tell();
  }

  private tell(): void {
    const { post } = this.options;
    if (this.reports.length > 0) post({ type: 'reports', reports: this.reports });
    this.reports = [];
    const { count, p99, worst, counts } = this.lateness.take();
    let dropped = 0;
    for (const socket of this.bound) dropped += socket.takeDropped();
    post({
      type: 'punctuality',
      frames: count,
      packets: this.bursts.takePackets(),
      dropped,
      tooLate: this.bursts.takeMissed(),
      lateMsP99: p99,
      lateMsWorst: worst,
      lateCounts: counts,
    });
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof UbizoError) return error.toProblem();
  return { code: 'bad_sdp', message: 'The SDP offer could not be answered.' };
}
