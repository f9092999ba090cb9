import type { CaptionLine, ChannelDeskView } from '../protocol/views.ts';
import type { Attendance } from './attendance.ts';
import { Booths } from './booths.ts';
import type { DeskMicrophone } from './desk-microphone.ts';
import { Desks } from './desks.ts';
import type { KeptRecord } from './kept-record.ts';
import type { TourEvent } from './tour-event.ts';
import type { TourParts } from './tour-options.ts';

export interface StageOptions {
  readonly parts: TourParts;
  readonly kept: KeptRecord;
  readonly attendance: Attendance;
  readonly onChannel: (language: string) => void;
  readonly onCaption: (line: CaptionLine) => void;
  readonly onSpent: (language: string, usd: number) => void;
  readonly emit: (event: TourEvent) => void;
}

/** What a tour is given on: its microphone, its floor and its booths, open as its state and its audience ask. */
export class Stage {
  readonly microphone: DeskMicrophone;
  readonly booths: Booths;
  readonly desks = new Desks({ onChange: () => this.settle() });
  private readonly options: StageOptions;
  private running = false;

  constructor(options: StageOptions) {
    this.options = options;
    const { parts, kept, attendance, onChannel, onCaption, onSpent, emit } = options;
    const { microphone, floorLanguage } = kept.now;
    this.microphone = parts.createMicrophone(microphone, {
      onState: (view) => emit({ type: 'microphone', microphone: view }),
      onLevel: (reading) => emit({ type: 'level', ...reading }),
    });
    this.booths = new Booths({
      parts,
      floorLanguage,
      listeners: (language) => attendance.listeners(language),
      readers: (language) => attendance.readers(language),
      onChannel,
      onCaption,
      onSpent,
    });
  }

  get isRunning(): boolean {
    return this.running;
  }

  start(): void {
    this.running = true;
    this.booths.start(this.options.kept.now.languages);
  }

  async stop(): Promise<void> {
    this.running = false;
    this.desks.stop();
    await Promise.allSettled([this.microphone.stop(), this.booths.stop()]);
  }

  channels(): ChannelDeskView[] {
    return this.booths.views(this.options.kept.now.languages);
  }

  /** Puts the floor, the microphone and the booths into the state that the tour and its audience ask for. */
  settle(): void {
    // Pages still close, and phones hang up, after a tour was stopped: it must not take its microphone again.
    if (!this.running) return;
    const { parts, kept, attendance } = this.options;
    const { state, muted } = kept.now;
    parts.floor.open = state === 'live' && !muted;
    const needed = state === 'live' || state === 'paused' || (state === 'ready' && this.desks.open);
    if (needed) this.microphone.open({ live: state === 'live' });
    else this.microphone.close();
    this.booths.demand(
      (language) => state === 'live' && attendance.audience(language) > 0,
      (language) => state === 'live' && attendance.seeing(language) > 0,
    );
  }
}
