import type { LitElement, ReactiveController } from 'lit';

export interface HoldToTalkOptions {
  /** Whether a hold means anything now. */
  readonly wanted: () => boolean;
  /** True when a hold begins, false when it ends. */
  readonly onHold: (held: boolean) => void;
}

/**
 * A button, or the space bar, that is held down. Whatever ends the hold (a lifted finger, another window, a call) ends
 * it here.
 */
export class HoldToTalk implements ReactiveController {
  private readonly host: LitElement;
  private readonly options: HoldToTalkOptions;
  /** Whether there are keys to hold: a mouse or a trackpad speaks for them, and a key that was pressed. */
  keyboard = matchMedia('(hover: hover) and (pointer: fine)').matches;
  private holding = false;

  constructor(host: LitElement, options: HoldToTalkOptions) {
    this.host = host;
    this.options = options;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.keyDown);
    window.addEventListener('keyup', this.keyUp);
    window.addEventListener('blur', this.release);
    document.addEventListener('visibilitychange', this.release);
  }

  hostDisconnected(): void {
    this.release();
    window.removeEventListener('keydown', this.keyDown);
    window.removeEventListener('keyup', this.keyUp);
    window.removeEventListener('blur', this.release);
    document.removeEventListener('visibilitychange', this.release);
  }

  /** The hold means nothing any more. */
  forget(): void {
    this.holding = false;
  }

  readonly pointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    // Captured: a finger that slides off the button still speaks, and its release is still seen.
    try {
      event.currentTarget.setPointerCapture(event.pointerId);
    } catch {
      // The pointer is already gone; its release then comes as a plain event.
    }
    this.hold();
  };

  readonly release = (): void => {
    if (!this.holding) return;
    this.holding = false;
    this.options.onHold(false);
  };

  private readonly keyDown = (event: KeyboardEvent): void => {
    this.notice(event);
    if (event.code !== 'Space' || !this.options.wanted() || this.takenBy(event)) return;
    event.preventDefault();
    if (!event.repeat) this.hold();
  };

  private readonly keyUp = (event: KeyboardEvent): void => {
    if (event.code === 'Space') this.release();
  };

  /** The space bar belongs to fields, to other buttons and to open dialogs. */
  private takenBy(event: KeyboardEvent): boolean {
    const path = event.composedPath();
    if (path.includes(this.host)) return false;
    return path.some(
      (node) =>
        node instanceof HTMLElement &&
        node.matches('input, select, textarea, button, a[href], dialog, [role="log"]'),
    );
  }

  /** The keyboard on a phone's screen does not name its keys. */
  private notice({ code }: KeyboardEvent): void {
    if (this.keyboard || code === '') return;
    this.keyboard = true;
    this.host.requestUpdate();
  }

  private hold(): void {
    if (this.holding) return;
    this.holding = true;
    this.options.onHold(true);
  }
}
