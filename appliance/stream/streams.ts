import type { Channel } from '../channel/channel.ts';
import { type Diversions, NO_DIVERSIONS } from '../channel/diversions.ts';
import { UbizoError } from '../protocol/errors.ts';

/** How a stream travels: Opus frames on a WebSocket, or plain HTTP in one of two formats. */
export type StreamWay = 'socket' | 'mp3' | 'ogg';

export interface StreamOptions {
  readonly tour: string;
  readonly attendee: string;
  readonly way: StreamWay;
  readonly channel: Channel;
  /** Begins to hear a channel. @returns what ends it. */
  readonly listen: (channel: Channel) => () => void;
  /** It was told that it is over. */
  readonly onClose: () => void;
}

/** Somebody who hears a tour over TCP: over a WebSocket, or as a plain stream. */
export class Stream {
  readonly tour: string;
  readonly attendee: string;
  readonly way: StreamWay;
  private readonly options: StreamOptions;
  private readonly diversions: Pick<Diversions, 'of'>;
  private chosen: Channel;
  private heard: Channel | undefined;
  /** Since when it has been what is heard, ms of `performance.now()`. */
  private tunedAt = Infinity;
  private stopListening: (() => void) | undefined;
  private stopped = false;

  constructor(options: StreamOptions, diversions: Pick<Diversions, 'of'>) {
    this.options = options;
    this.diversions = diversions;
    this.chosen = options.channel;
    this.tour = options.tour;
    this.attendee = options.attendee;
    this.way = options.way;
  }

  /** What is heard just now is in it. */
  get language(): string {
    return (this.heard ?? this.chosen).language;
  }

  /** TCP loses nothing, and no packet repeats another. */
  get distance(): undefined {
    return undefined;
  }

  /** Whether they were sent sound all the time between two moments, ms of `performance.now()`. */
  sounded(from: number, to: number): boolean {
    return from >= this.tunedAt && (this.heard?.sounded(from, to) ?? false);
  }

  start(): void {
    this.retune();
  }

  /** From the next frame on, this channel is heard, or what is heard in its place. */
  tune(channel: Channel): void {
    this.chosen = channel;
    this.retune();
  }

  /** Something else may have to be heard in the channel's place, or the channel again. */
  retune(): void {
    const heard = this.diversions.of(this.attendee, this.chosen);
    if (this.stopped || heard === this.heard) return;
    this.heard = heard;
    this.tunedAt = performance.now();
    this.stopListening?.();
    this.stopListening = this.options.listen(heard);
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.stopListening?.();
    this.options.onClose();
  }
}

export interface StreamsOptions {
  /** Whether the box has room for one more who listens, who hears nothing yet by any way. */
  readonly hasRoom: (attendee: string) => boolean;
  /** Who hears something else than the channel they have chosen. */
  readonly diversions?: Diversions;
}

/** What the main thread sends one by one without keeping the guide's voice from anybody: 200 streams. */
const MOST = 200;

/** All who hear a tour otherwise than by WebRTC; each attendee by one way at a time. */
export class Streams {
  private readonly options: StreamsOptions;
  private readonly diversions: Pick<Diversions, 'of' | 'subscribe'>;
  private readonly byAttendee = new Map<string, Stream>();
  private readonly observers = new Set<(stream: Stream) => void>();

  constructor(options: StreamsOptions) {
    this.options = options;
    this.diversions = options.diversions ?? NO_DIVERSIONS;
    this.diversions.subscribe((attendee) => this.of(attendee)?.retune());
  }

  get size(): number {
    return this.byAttendee.size;
  }

  /** How many by each way. */
  get byWay(): ReadonlyMap<StreamWay, number> {
    const counts = new Map<StreamWay, number>([
      ['socket', 0],
      ['mp3', 0],
      ['ogg', 0],
    ]);
    for (const { way } of this.byAttendee.values()) counts.set(way, (counts.get(way) ?? 0) + 1);
    return counts;
  }

  /** Called when one has begun or is over. */
  subscribe(observer: (stream: Stream) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  of(attendee: string): Stream | undefined {
    return this.byAttendee.get(attendee);
  }

  /** @throws UbizoError `listeners_full`. */
  expectRoom(attendee: string): void {
    if (this.byAttendee.has(attendee)) return;
    if (this.size >= MOST || !this.options.hasRoom(attendee)) throw full();
  }

  /** An attendee's earlier stream gives way. @throws UbizoError `listeners_full`. */
  open(options: StreamOptions): Stream {
    this.expectRoom(options.attendee);
    const before = this.byAttendee.get(options.attendee);
    const stream = new Stream(options, this.diversions);
    this.byAttendee.set(options.attendee, stream);
    before?.stop();
    stream.start();
    this.tell(stream);
    return stream;
  }

  close(stream: Stream): void {
    const current = this.byAttendee.get(stream.attendee) === stream;
    if (current) this.byAttendee.delete(stream.attendee);
    stream.stop();
    if (current) this.tell(stream);
  }

  /** All of a tour that is over. */
  closeTour(tour: string): void {
    for (const stream of this.byAttendee.values()) if (stream.tour === tour) this.close(stream);
  }

  private tell(stream: Stream): void {
    for (const observer of this.observers) observer(stream);
  }
}

function full(): UbizoError {
  return new UbizoError(
    'listeners_full',
    'The box cannot send sound to more phones. You can read along; sound starts when someone leaves.',
  );
}
