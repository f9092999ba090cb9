import { setImmediate } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { UbizoError, type Problem } from '../protocol/errors.ts';
import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../floor/floor-frame.ts';
import type { Microphone, MicrophoneOutput } from './microphone.ts';
import { Recording, unreadable } from './recording.ts';
import { SampleQueue } from './sample-queue.ts';
import { SoundUnreadable } from './sound.ts';

/** Read ahead, so that a slow disk is not heard. */
const AHEAD_SAMPLES = 2 * FLOOR_RATE;
/** After a stall at most this many frames come at once, and so often, until it is made up for. */
const CATCH_UP_FRAMES = 3;
const CATCH_UP_MS = 5;
/** A longer stall is not made up for: the recording was paused. */
const LONGEST_STALL_MS = 1_000;

export interface FileMicrophoneOptions {
  /** WAV, MP3, Ogg, FLAC; others where ffmpeg is installed. */
  readonly path: string;
  /** Begins again at its end, without a gap. */
  readonly loop: boolean;
  readonly output: MicrophoneOutput;
  readonly log: Log;
}

/** A recording as the microphone, in real time: for demos, rehearsals and tests. */
export class FileMicrophone implements Microphone {
  private readonly options: FileMicrophoneOptions;
  private readonly queue = new SampleQueue(AHEAD_SAMPLES);
  private readonly frame = new Int16Array(FLOOR_FRAME_SAMPLES);
  private readonly onTimer = () => this.tick();
  private playing: Promise<void> | undefined;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  /** When the next frame's last sample is spoken, ms of `performance.now()`. */
  private dueAt = 0;
  private complete = false;
  /** Wakes the reading when there is room again. */
  private onRoom: (() => void) | undefined;

  constructor(options: FileMicrophoneOptions) {
    this.options = options;
  }

  start(): void {
    this.playing ??= this.play();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.onRoom?.();
    await this.playing;
  }

  private async play(): Promise<void> {
    await setImmediate();
    if (this.stopped) return;
    const { path, loop, output } = this.options;
    output.onState({ kind: 'opening' });
    let recording: Recording | undefined;
    try {
      recording = await Recording.open({ path, loop });
      await this.readAhead(recording);
    } catch (error) {
      clearTimeout(this.timer);
      if (!this.stopped) output.onState({ kind: 'lost', problem: this.problem(error) });
    } finally {
      await recording?.close();
    }
  }

  private async readAhead(recording: Recording): Promise<void> {
    for (;;) {
      const samples = await recording.next();
      if (this.stopped) return;
      if (!samples) break;
      this.queue.push(samples);
      if (!this.timer && this.queue.length >= FLOOR_FRAME_SAMPLES) this.open();
      while (this.queue.room < FLOOR_RATE && !this.stopped) {
        await new Promise<void>((resolve) => (this.onRoom = resolve));
      }
    }
    this.complete = true;
    if (!this.timer) this.open();
  }

  private open(): void {
    this.options.output.onState({ kind: 'open' });
    this.dueAt = performance.now() + FLOOR_FRAME_MS;
    this.timer = setTimeout(this.onTimer, FLOOR_FRAME_MS);
  }

  private tick(): void {
    const now = performance.now();
    if (now - this.dueAt > LONGEST_STALL_MS) this.dueAt = now;
    let burst = 0;
    while (this.dueAt <= now && burst < CATCH_UP_FRAMES) {
      if (this.queue.length < FLOOR_FRAME_SAMPLES && !this.complete) break;
      if (this.queue.length === 0) return this.end();
      this.queue.take(this.frame);
      // By the schedule, not by the late timer: the recording was "spoken" then.
      this.options.output.onFrame(this.frame, this.dueAt);
      if (this.stopped) return;
      this.dueAt += FLOOR_FRAME_MS;
      burst++;
    }
    if (this.queue.room >= FLOOR_RATE) this.onRoom?.();
    const wait = Math.ceil(this.dueAt - performance.now());
    this.timer = setTimeout(this.onTimer, Math.max(wait, burst > 1 ? CATCH_UP_MS : 1));
  }

  private end(): void {
    this.options.log.debug('the recording has come to its end');
    this.options.output.onState({ kind: 'ended' });
  }

  private problem(error: unknown): Problem {
    this.options.log.warn({ err: error }, 'the recording cannot be played');
    if (error instanceof UbizoError) return error.toProblem();
    if (error instanceof SoundUnreadable) return unreadable(this.options.path, error).toProblem();
    return { code: 'internal', message: 'The recording cannot be played. Choose another microphone.' };
  }
}
