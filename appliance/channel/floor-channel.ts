import type { Floor } from '../microphone/floor.ts';
import { FLOOR_FRAME_SAMPLES, type FloorFrame } from '../microphone/floor-frame.ts';
import type { ChannelState } from '../protocol/views.ts';
import { type Channel, type FrameSink, mediaTime } from './channel.ts';
import { FanOut } from './fan-out.ts';
import { OpusEncoder } from './opus-encoder.ts';

const DURATION = FLOOR_FRAME_SAMPLES * 2;
/** Frames of silence sent before the channel falls quiet, so that a phone fades out instead of inventing sound. */
const CLOSING_FRAMES = 5;
/** How far the microphone's clock may stray from the box's before the timestamps are set anew: 100 ms. */
const MAX_STRAY = 4_800;

/** No frame for this long and the microphone is away, however it went: 1 s. */
const IDLE_MS = 1_000;

/** The guide's own voice, 20 ms frames. It hangs on the floor alone: no engine and no network can stop it. */
export class FloorChannel implements Channel {
  readonly language: string;
  readonly queuedMs = 0;
  private readonly floor: Floor;
  private readonly fanOut: FanOut;
  private readonly encoder = new OpusEncoder();
  private readonly onState: () => void;
  private unsubscribe: (() => void) | undefined;
  private idle: NodeJS.Timeout | undefined;
  private timestamp = 0;
  private blanks = CLOSING_FRAMES + 1;

  constructor({
    language,
    floor,
    onState,
    onSinkError,
  }: {
    language: string;
    floor: Floor;
    onState: () => void;
    onSinkError: (error: unknown) => void;
  }) {
    this.language = language;
    this.floor = floor;
    this.onState = onState;
    this.fanOut = new FanOut({ onSinkError });
  }

  get state(): ChannelState {
    return this.blanks > CLOSING_FRAMES ? 'silent' : 'live';
  }

  subscribe(sink: FrameSink): () => void {
    return this.fanOut.subscribe(sink);
  }

  start(): void {
    this.unsubscribe ??= this.floor.subscribe((frame) => this.hear(frame));
  }

  stop(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    clearTimeout(this.idle);
    this.idle = undefined;
    this.blanks = CLOSING_FRAMES + 1;
  }

  private fallSilent(): void {
    if (this.state === 'silent') return;
    this.blanks = CLOSING_FRAMES + 1;
    this.onState();
  }

  private hear(frame: FloorFrame): void {
    this.idle = this.idle?.refresh() ?? setTimeout(() => this.fallSilent(), IDLE_MS);
    const before = this.state;
    const marker = before === 'silent';
    this.blanks = frame.blank ? Math.min(this.blanks + 1, CLOSING_FRAMES + 1) : 0;
    if (this.state === 'live') this.send(frame, marker);
    if (this.state !== before) this.onState();
  }

  private send(frame: FloorFrame, marker: boolean): void {
    const due = mediaTime(frame.capturedAt);
    const next = this.timestamp + DURATION;
    this.timestamp = marker || Math.abs(due - next) > MAX_STRAY ? Math.max(due, next) : next;
    this.fanOut.deliver({
      payload: this.encoder.encode(frame.samples),
      timestamp: this.timestamp,
      duration: DURATION,
      marker,
    });
  }
}
