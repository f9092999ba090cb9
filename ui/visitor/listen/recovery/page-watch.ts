import { watchForReturn } from '../../../link/return-watch.ts';

export interface PageWatchOptions {
  /** The page is left, perhaps for good: the box counts listeners, and is told at once. */
  readonly onLeave: () => void;
  /** It has come back from the browser's cache, without a connection. */
  readonly onRevived: () => void;
  /** The visitor looks at the page again. */
  readonly onReturn: () => void;
  /** The phone has a network again: perhaps another, or another address. */
  readonly onOnline: () => void;
}

/** What a page hears of its own comings and goings. */
export class PageWatch {
  private readonly options: PageWatchOptions;
  private undo: (() => void) | undefined;
  private left = false;

  constructor(options: PageWatchOptions) {
    this.options = options;
  }

  start(): void {
    if (this.undo) return;
    const unwatch = watchForReturn(() => this.back());
    window.addEventListener('pagehide', this.leave);
    window.addEventListener('online', this.options.onOnline);
    this.undo = () => {
      unwatch();
      window.removeEventListener('pagehide', this.leave);
      window.removeEventListener('online', this.options.onOnline);
    };
  }

  stop(): void {
    this.undo?.();
    this.undo = undefined;
    this.left = false;
  }

  private readonly leave = (): void => {
    this.left = true;
    this.options.onLeave();
  };

  private back(): void {
    if (!this.left) this.options.onReturn();
    else if (document.visibilityState === 'visible') {
      this.left = false;
      this.options.onRevived();
    }
  }
}
