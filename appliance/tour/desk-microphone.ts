import type { Floor } from '../floor/floor.ts';
import type { Claimant, Claims } from '../microphone/claims.ts';
import type { LevelMeter } from '../floor/level.ts';
import type { Microphone, MicrophoneOutput, MicrophoneState } from '../microphone/microphone.ts';
import { type Problem, UbizoError } from '../protocol/errors.ts';
import type { MicrophoneView } from '../protocol/views.ts';

/** Makes a microphone by its id. @throws UbizoError `microphone_unknown`. */
type OpenMicrophone = (id: string, output: MicrophoneOutput) => Microphone;

export interface LevelReading {
  readonly rmsDb: number;
  readonly peakDb: number;
  readonly heard: boolean;
}

export interface DeskMicrophoneOptions {
  readonly floor: Floor;
  readonly meter: LevelMeter;
  readonly open: OpenMicrophone;
  /** Whose the box's own microphones are. */
  readonly claims: Claims;
  /** How long the next one waits for the one before, ms. */
  readonly letGoMs?: number;
  readonly onState: (view: MicrophoneView) => void;
  readonly onLevel: (reading: LevelReading) => void;
}

/** A device that is pulled out may keep its program in the kernel; the program itself is killed within this. */
const LET_GO_MS = 3_000;

/** What a guide is told whose microphone another live tour uses. */
const BUSY: Problem = {
  code: 'microphone_busy',
  message:
    'Another live tour uses the box’s microphone. Choose your phone as the microphone, or wait until that tour pauses or ends.',
};

const NOTHING: Microphone = { start: () => undefined, stop: () => Promise.resolve() };

/** The microphone a tour has chosen: open while it is needed, changed while the tour goes on. */
export class DeskMicrophone implements Claimant {
  private readonly options: DeskMicrophoneOptions;
  private chosen: string;
  private current: Microphone | undefined;
  private release: ((free: Promise<unknown>) => void) | undefined;
  private isLive = false;
  private state: MicrophoneView['state'] = 'closed';
  private problem: MicrophoneView['problem'];
  private serial = 0;
  private changing: Promise<void> = Promise.resolve();

  constructor(id: string, options: DeskMicrophoneOptions) {
    this.chosen = id;
    this.options = options;
  }

  get id(): string {
    return this.chosen;
  }

  /** The microphone itself, for the kind that must be talked to (a phone). */
  get microphone(): Microphone | undefined {
    return this.current;
  }

  view(): MicrophoneView {
    return { id: this.chosen, state: this.state, ...(this.problem && { problem: this.problem }) };
  }

  get live(): boolean {
    return this.isLive;
  }

  /** @param live the tour is: it comes before others that want the same one. */
  open({ live }: { live: boolean }): void {
    const changed = live !== this.isLive;
    this.isLive = live;
    const { claims } = this.options;
    if (!this.release) {
      this.release = claims.claim(this.chosen, this);
      if (!this.current) this.show('lost', BUSY);
    } else if (changed) claims.settle(this.chosen);
  }

  close(): void {
    const { release } = this;
    if (!release) return;
    this.release = undefined;
    this.isLive = false;
    this.end();
    this.show('closed');
    release(this.changing);
  }

  /** @throws UbizoError `microphone_busy` when another live tour has the microphone, which is otherwise the chosen one. */
  expectFree(id = this.chosen): void {
    if (this.options.claims.isTaken(id, this)) throw new UbizoError(BUSY.code, BUSY.message);
  }

  granted(free: Promise<unknown> | undefined): void {
    const serial = ++this.serial;
    const output: MicrophoneOutput = {
      onFrame: (samples, capturedAt) => {
        if (serial === this.serial) this.hear(samples, capturedAt);
      },
      onState: (state) => {
        if (serial === this.serial) this.changed(state);
      },
    };
    try {
      const microphone = this.options.open(this.chosen, output);
      this.current = microphone;
      this.show('opening');
      void this.begin(microphone, serial, free);
    } catch (error) {
      if (!(error instanceof UbizoError)) throw error;
      // Chosen long ago, on a box that has it no longer: the tour goes on, and the guide chooses another.
      this.current = NOTHING;
      this.show('lost', error.toProblem());
    }
  }

  revoked(): Promise<unknown> {
    if (this.current) {
      this.end();
      this.show('lost', BUSY);
    }
    return this.changing;
  }

  /** From its beginning, if it is a recording; else as it is. */
  rewind(): void {
    if (!this.current || !this.chosen.startsWith('file:')) return;
    this.end();
    this.granted(undefined);
  }

  choose(id: string): void {
    if (id === this.chosen) return;
    const { isLive: live } = this;
    const wasOpen = this.release !== undefined;
    this.close();
    this.chosen = id;
    if (wasOpen) this.open({ live });
    else this.show('closed');
  }

  async stop(): Promise<void> {
    this.close();
    await this.changing;
  }

  private end(): void {
    const { current } = this;
    if (!current) return;
    this.serial++;
    this.current = undefined;
    this.changing = this.changing.then(() => this.letGo(current));
  }

  /** The device may still be held by the one before: this one starts once that has let go. */
  private async begin(
    microphone: Microphone,
    serial: number,
    free: Promise<unknown> | undefined,
  ): Promise<void> {
    await this.changing;
    if (free) await free;
    if (serial === this.serial) microphone.start();
  }

  /** One that cannot let go, in order or at all, must not keep the next one from beginning. */
  private async letGo(microphone: Microphone): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.options.letGoMs ?? LET_GO_MS);
    await Promise.race([microphone.stop().catch(() => undefined), late]);
    clearTimeout(timer);
  }

  private hear(samples: Int16Array, capturedAt: number): void {
    const { floor, meter, onLevel } = this.options;
    floor.hear(samples, capturedAt);
    if (meter.measure(samples)) onLevel({ rmsDb: meter.rmsDb, peakDb: meter.peakDb, heard: meter.heard });
  }

  private changed(state: MicrophoneState): void {
    this.show(state.kind, 'problem' in state ? state.problem : undefined);
  }

  private show(state: MicrophoneView['state'], problem?: MicrophoneView['problem']): void {
    this.state = state;
    this.problem = problem;
    this.options.onState(this.view());
  }
}
