import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** One sound at a time, or several one after the other. */
export class ListeningIn implements ReactiveController {
  /** Which is heard now. */
  playing: string | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly urlOf: (language: string) => string;
  private readonly audio = new Audio();
  private queue: readonly string[] = [];

  constructor(host: ReactiveControllerHost, urlOf: (language: string) => string) {
    this.host = host;
    this.urlOf = urlOf;
    this.audio.addEventListener('ended', () => this.next());
    this.audio.addEventListener('error', () => this.next());
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  play(...languages: string[]): void {
    this.queue = languages;
    this.next();
  }

  stop(): void {
    this.queue = [];
    this.playing = undefined;
    this.audio.pause();
    this.host.requestUpdate();
  }

  private next(): void {
    const [first, ...rest] = this.queue;
    this.queue = rest;
    this.playing = first;
    this.host.requestUpdate();
    if (first === undefined) return;
    this.audio.src = this.urlOf(first);
    // A refusal of the browser is told as an error, or leaves the button as it was.
    this.audio.play().catch(() => this.playing === first && this.stop());
  }
}
