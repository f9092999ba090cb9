/** The guide's microphone stays open this long after the desk was left, for a page that is only reloaded, ms. */
const LINGER_MS = 10_000;

/** How many pages show the guide's desk just now. */
export class Desks {
  private readonly onChange: () => void;
  private count = 0;
  private leaving: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor({ onChange }: { onChange: () => void }) {
    this.onChange = onChange;
  }

  /** One is open, or was until a moment ago. */
  get open(): boolean {
    return this.count > 0 || this.leaving !== undefined;
  }

  /** A desk has opened. @returns what to call when it closes. */
  watch(): () => void {
    this.count++;
    clearTimeout(this.leaving);
    this.leaving = undefined;
    this.onChange();
    return () => {
      this.count--;
      if (this.count > 0 || this.stopped) return;
      this.leaving = setTimeout(() => {
        this.leaving = undefined;
        this.onChange();
      }, LINGER_MS);
    };
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.leaving);
  }
}
