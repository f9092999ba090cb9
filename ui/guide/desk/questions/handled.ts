import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A finger that was lifted comes back, and eyes follow what it pointed at, ms. */
const REST_MS = 3_000;
/** What a hand does to a panel. */
const STIRS = ['pointerdown', 'pointermove', 'pointerup', 'wheel', 'touchmove', 'keydown'] as const;

export interface HandledOptions {
  readonly onChange: (handled: boolean) => void;
  readonly restMs?: () => number | undefined;
}

/**
 * Whether a panel is touched, is being pointed at or scrolled, or has the keyboard's focus, and for 3 s after: nothing on
 * it may move meanwhile.
 */
export class Handled implements ReactiveController {
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly options: HandledOptions;
  private handled = false;
  private down = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: HandledOptions) {
    this.host = host;
    this.options = options;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of STIRS) this.host.addEventListener(type, this.stir, { passive: true });
    this.host.addEventListener('focusin', this.stir);
    this.host.addEventListener('focusout', this.stir);
    this.host.addEventListener('pointerleave', this.stir);
    // A finger may be lifted anywhere, and a page is scrolled as a whole.
    window.addEventListener('pointerup', this.lift);
    window.addEventListener('pointercancel', this.lift);
    window.addEventListener('scroll', this.scrolled, { passive: true });
  }

  hostDisconnected(): void {
    for (const type of STIRS) this.host.removeEventListener(type, this.stir);
    this.host.removeEventListener('focusin', this.stir);
    this.host.removeEventListener('focusout', this.stir);
    this.host.removeEventListener('pointerleave', this.stir);
    window.removeEventListener('pointerup', this.lift);
    window.removeEventListener('pointercancel', this.lift);
    window.removeEventListener('scroll', this.scrolled);
    this.down = false;
    this.tell(false);
  }

  private readonly stir = (event: Event): void => {
    if (event.type === 'pointerdown') this.down = true;
    this.begin();
  };

  private readonly lift = (): void => {
    if (!this.down) return;
    this.down = false;
    this.begin();
  };

  private readonly scrolled = (): void => {
    // The other tabs are scrolled too.
    if (this.host.checkVisibility()) this.begin();
  };

  private begin(): void {
    this.tell(true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.rest(), this.options.restMs?.() ?? REST_MS);
  }

  private rest(): void {
    if (this.holds()) this.begin();
    else this.tell(false);
  }

  /** A mouse that rests on it holds it too; a focus that a finger has left behind does not. */
  private holds(): boolean {
    const focused = this.host.shadowRoot?.activeElement;
    return (
      this.down ||
      focused?.matches(':focus-visible') === true ||
      (matchMedia('(hover: hover)').matches && this.host.matches(':hover'))
    );
  }

  private tell(handled: boolean): void {
    clearTimeout(this.timer);
    if (handled === this.handled) return;
    this.handled = handled;
    this.options.onChange(handled);
  }
}
