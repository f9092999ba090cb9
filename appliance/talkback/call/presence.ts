/** Whose pages are open. Who is away for a moment has not left. */
export class Presence {
  private readonly awayMs: number;
  private readonly onLeft: (who: string) => void;
  private readonly pages = new Map<string, number>();
  private readonly leaving = new Map<string, NodeJS.Timeout>();
  private over = false;

  constructor({ awayMs, onLeft }: { awayMs: number; onLeft: (who: string) => void }) {
    this.awayMs = awayMs;
    this.onLeft = onLeft;
  }

  /** @returns what to call when the page has closed. */
  come(who: string): () => void {
    this.pages.set(who, (this.pages.get(who) ?? 0) + 1);
    clearTimeout(this.leaving.get(who));
    this.leaving.delete(who);
    return () => {
      const left = (this.pages.get(who) ?? 1) - 1;
      if (left > 0) {
        this.pages.set(who, left);
        return;
      }
      this.pages.delete(who);
      if (this.over) return;
      clearTimeout(this.leaving.get(who));
      this.leaving.set(
        who,
        setTimeout(() => {
          this.leaving.delete(who);
          this.onLeft(who);
        }, this.awayMs),
      );
    };
  }

  stop(): void {
    this.over = true;
    for (const timer of this.leaving.values()) clearTimeout(timer);
    this.leaving.clear();
  }
}
