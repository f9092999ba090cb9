import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DeskSocket } from '../desk-socket.ts';
import type { DeskTour } from '../tour/desk-tour.ts';

/** Nobody who leads a tour is silent for so long without noticing, ms. */
const SILENT_MS = 10_000;

export interface SoundWatchParts {
  readonly socket: DeskSocket;
  readonly tour: DeskTour;
  readonly silentMs?: number;
}

/** Whether nothing has come out of the microphone for 10 s while the guide believes to be heard. */
export class SoundWatch implements ReactiveController {
  soundless = false;
  private readonly host: ReactiveControllerHost;
  private readonly parts: SoundWatchParts;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, parts: SoundWatchParts) {
    this.host = host;
    this.parts = parts;
    parts.socket.on('level', ({ heard }) => {
      if (!heard || this.timer === undefined) return;
      this.stop();
      this.begin();
    });
    host.addController(this);
  }

  /** After each change: whether there should be sound now. */
  hostUpdate(): void {
    const { view } = this.parts.tour;
    const due = view?.state === 'live' && !view.muted && view.microphone.state === 'open';
    if (!due || this.parts.socket.lost) this.stop();
    else if (this.timer === undefined) this.begin();
  }

  hostDisconnected(): void {
    this.stop();
  }

  private begin(): void {
    this.timer = setTimeout(() => this.show(true), this.parts.silentMs ?? SILENT_MS);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.show(false);
  }

  private show(soundless: boolean): void {
    if (soundless === this.soundless) return;
    this.soundless = soundless;
    this.host.requestUpdate();
  }
}
