import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { claimPlayback } from './audio-session.ts';

/**
 * The `<audio>` element that plays the tour. An element, not Web Audio: it goes on when the screen locks. The page
 * renders `element` somewhere, so that browsers treat it as part of the page.
 */
export class Sound implements ReactiveController {
  readonly element = window.headStart?.audio ?? document.createElement('audio');
  /** The phone holds the sound back (a call, another app, a blocked autoplay): only a tap can bring it back. */
  held = false;
  private wanted = false;
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    this.element.dataset['testid'] = 'sound';
    this.element.addEventListener('pause', () => this.hold(this.wanted));
    this.element.addEventListener('playing', () => this.hold(false));
    host.addController(this);
  }

  /** What is to be played, from now on if sound is wanted, else as soon as it is. */
  give(stream: MediaStream): void {
    // What plays already is not interrupted.
    if (trackOf(this.element.srcObject) !== trackOf(stream)) this.element.srcObject = stream;
    if (this.wanted) this.resume();
  }

  /** Call it inside a gesture. */
  begin(): void {
    claimPlayback();
    this.wanted = true;
    if (this.element.srcObject) this.resume();
  }

  /** Call it inside a gesture. */
  resume(): void {
    this.element.play().catch((error: unknown) => {
      // A stream that replaces another aborts the pending play(); only a refusal needs the person.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.hold(this.wanted);
    });
  }

  stop(): void {
    this.wanted = false;
    this.element.pause();
    this.element.srcObject = null;
    this.hold(false);
  }

  hostDisconnected(): void {
    this.stop();
  }

  private hold(held: boolean): void {
    if (this.held === held) return;
    this.held = held;
    this.host.requestUpdate();
  }
}

const trackOf = (source: MediaProvider | null): MediaStreamTrack | undefined =>
  source instanceof MediaStream ? source.getAudioTracks()[0] : undefined;
