import type { Floor } from '../floor/floor.ts';
import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES, FLOOR_RATE, type FloorFrame } from '../floor/floor-frame.ts';
import type { ChannelState } from '../protocol/views.ts';
import { ChannelReading } from './channel-reading.ts';
import {
  type Channel,
  type FrameMs,
  type FrameSink,
  mediaTime,
  type ReadingEvents,
  type SoundLevel,
} from './channel.ts';
import { FanOut } from './fan-out.ts';
import { Metronome } from './metronome.ts';
import { OpusEncoder } from './opus-encoder.ts';
import { USUAL_LEVEL } from './sound-level.ts';

/** Silence sent before the channel falls quiet, so that a phone fades out instead of inventing sound: 100 ms. */
const CLOSING_FRAMES = 100 / FLOOR_FRAME_MS;
/** How far the microphone's clock may stray from the box's before the timestamps are set anew: 100 ms. */
const MAX_STRAY = 4_800;

/** No frame for this long and the microphone is away, however it went: 1 s. */
const IDLE_MS = 1_000;
/** The same for a reading, which then goes on by a clock of its own: 300 ms. */
const MISSED_FRAMES = 300 / FLOOR_FRAME_MS;

export interface FloorChannelOptions {
  readonly language: string;
  readonly floor: Floor;
  /** The guide's own voice should not be late: 20 ms unless airtime is dearer. */
  readonly frameMs?: FrameMs;
  readonly onState: () => void;
  readonly onSinkError: (error: unknown) => void;
}

/** The guide's own voice. It hangs on the floor alone: no engine and no network can stop it. */
export class FloorChannel implements Channel {
  readonly language: string;
  readonly queuedMs = 0;
  level: SoundLevel = USUAL_LEVEL;
  private readonly options: FloorChannelOptions;
  private readonly fanOut: FanOut;
  private readonly encoder: OpusEncoder;
  private readonly reading = new ChannelReading();
  /** Runs during a reading. */
  private readonly metronome = new Metronome({ periodMs: FLOOR_FRAME_MS, tick: (due) => this.standIn(due) });
  private readonly nothing = {
    samples: new Int16Array(FLOOR_FRAME_SAMPLES),
    capturedAt: 0,
    blank: true,
    voiced: false,
  };
  /** Frames that should have come from the floor since the last one did. */
  private missed = MISSED_FRAMES;
  /** What the next frame is made of; `filled` samples of it are there, the first of them due at `due`. */
  private block: Int16Array;
  private filled = 0;
  private due = 0;
  private unsubscribe: (() => void) | undefined;
  private idle: NodeJS.Timeout | undefined;
  /** Of what follows the last frame. */
  private timestamp = 0;
  private blanks = CLOSING_FRAMES;
  /** Nothing is sent. */
  private resting = true;
  /** No microphone. */
  private away = true;
  private told: ChannelState = 'silent';
  /** The next frame is the first after silence. */
  private fresh = false;

  constructor(options: FloorChannelOptions) {
    this.options = options;
    this.language = options.language;
    this.encoder = new OpusEncoder({ frameMs: options.frameMs ?? 20 });
    this.block = this.newBlock();
    this.fanOut = new FanOut({ onSinkError: options.onSinkError });
  }

  /** `live` also while the guide says nothing: the microphone is open, though nothing is sent. */
  get state(): ChannelState {
    return this.away || (this.resting && !this.options.floor.open) ? 'silent' : 'live';
  }

  get soundingMs(): number {
    return this.fanOut.soundingMs;
  }

  sounded(from: number, to: number): boolean {
    return this.fanOut.sounded(from, to);
  }

  subscribe(sink: FrameSink): () => void {
    return this.fanOut.subscribe(sink);
  }

  /** The guide is neither made quieter by it nor kept waiting. */
  announce(samples: Int16Array, events?: ReadingEvents): void {
    if (!this.unsubscribe) return events?.onEnd?.('cut');
    this.reading.begin(samples, events);
    this.metronome.start();
  }

  cut(): void {
    this.reading.cut();
  }

  start(): void {
    this.unsubscribe ??= this.options.floor.subscribeGated((frame) => {
      this.missed = 0;
      this.hear(frame);
    });
  }

  stop(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    clearTimeout(this.idle);
    this.idle = undefined;
    this.reading.drop();
    this.metronome.stop();
    this.rest();
    this.told = 'silent';
  }

  private rest(): void {
    this.away = true;
    this.resting = true;
    this.filled = 0;
  }

  private fallSilent(): void {
    this.rest();
    this.tell();
  }

  private tell(): void {
    if (this.state === this.told) return;
    this.told = this.state;
    this.options.onState();
  }

  private hear(frame: FloorFrame): void {
    this.idle = this.idle?.refresh() ?? setTimeout(() => this.fallSilent(), IDLE_MS);
    this.away &&= !this.options.floor.open;
    const { voiced } = this.options.floor;
    this.reading.hear(voiced);
    const read = this.reading.turn(FLOOR_FRAME_MS, !voiced);
    if (!frame.blank || read || !this.resting) {
      this.blanks = frame.blank && !read ? this.blanks + 1 : 0;
      this.fresh ||= this.resting;
      this.gather(frame);
      this.resting = this.blanks >= CLOSING_FRAMES && this.filled === 0;
    }
    this.tell();
  }

  /** There is no microphone, or it has gone. */
  private standIn(due: number): void {
    if (!this.reading.pending) return this.metronome.stop();
    if (this.missed < MISSED_FRAMES) {
      // Where this tick is late, so is the microphone: that is no loss.
      if (performance.now() - due < FLOOR_FRAME_MS) this.missed++;
      return;
    }
    this.nothing.capturedAt = due;
    this.hear(this.nothing);
  }

  private gather({ samples, capturedAt }: FloorFrame): void {
    const due = mediaTime(capturedAt);
    // The microphone was away in the middle of a frame: what was said before goes out as it is.
    if (this.filled > 0 && Math.abs(due - this.due - this.filled * 2) > MAX_STRAY) {
      this.block.fill(0, this.filled);
      this.send();
    }
    if (this.filled === 0) this.begin(due);
    this.block.set(samples, this.filled);
    this.reading.mixInto(this.block, this.filled, FLOOR_FRAME_SAMPLES);
    this.filled += FLOOR_FRAME_SAMPLES;
    if (this.filled === this.block.length) this.send();
  }

  /** A new frame, which may be longer or shorter than the one before. */
  private begin(due: number): void {
    this.due = due;
    if (this.level === this.encoder.level) return;
    const before = this.encoder.frameMs;
    this.encoder.level = this.level;
    if (this.encoder.frameMs !== before) this.block = this.newBlock();
  }

  private newBlock(): Int16Array {
    return new Int16Array((this.encoder.frameMs * FLOOR_RATE) / 1_000);
  }

  private send(): void {
    const { due, fresh, timestamp: next } = this;
    const duration = this.block.length * 2;
    const timestamp = fresh || Math.abs(due - next) > MAX_STRAY ? Math.max(due, next) : next;
    this.timestamp = timestamp + duration;
    this.filled = 0;
    this.fresh = false;
    if (this.fanOut.size === 0) return;
    this.fanOut.deliver({
      payload: this.encoder.encode(this.block),
      timestamp,
      duration,
      marker: fresh,
    });
  }
}
