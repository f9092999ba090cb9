/**
 * Tells which channels have changed: once for several changes that come together, and one channel at a turn of the
 * event loop. A tour's start changes every channel twice or three times, and each is news to every page.
 */
export class ChannelNews {
  private readonly tell: (language: string) => void;
  private readonly waiting = new Set<string>();
  private next: NodeJS.Immediate | undefined;

  constructor({ tell }: { tell: (language: string) => void }) {
    this.tell = tell;
  }

  changed(language: string): void {
    this.waiting.add(language);
    this.next ??= setImmediate(this.run);
  }

  stop(): void {
    clearImmediate(this.next);
    this.next = undefined;
    this.waiting.clear();
  }

  private readonly run = (): void => {
    const [language] = this.waiting;
    this.next = undefined;
    if (language === undefined) return;
    this.waiting.delete(language);
    if (this.waiting.size > 0) this.next = setImmediate(this.run);
    this.tell(language);
  };
}
