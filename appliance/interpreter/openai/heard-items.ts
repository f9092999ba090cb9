import { DeltaText } from './delta-text.ts';
import type { SessionOutput } from './dialect.ts';

/** An item that is never finished holds up what comes after it for so long, ms. */
const PATIENCE_MS = 5_000;
/** Items that may be under way at a time: far more than are. */
const MOST_ITEMS = 64;

interface Item {
  readonly id: string;
  readonly held: SessionOutput[];
  /** When it was finished, ms of `performance.now()`. */
  overSince: number | undefined;
}

/**
 * What was committed comes back item by item, and a later item may be finished before an earlier one. Their words go out in
 * the order in which they were said: those of a later item wait until the earlier ones are through.
 */
export class HeardItems {
  private readonly texts = new DeltaText();
  /** In the order in which they were said. */
  private readonly items: Item[] = [];
  private readonly finished: string[] = [];

  /** An item is named for the first time: they are in the order in which they are. */
  begin(id: string): void {
    this.item(id);
  }

  add(id: string, delta: string): SessionOutput[] {
    const item = this.item(id);
    if (!item || item.overSince !== undefined) return [];
    this.texts.add(id, delta);
    item.held.push({ kind: 'source-words', delta });
    return this.release();
  }

  /** @param whole missing when it could not be transcribed: what has come of it stays. */
  finish(id: string, whole: string | null | undefined): SessionOutput[] {
    const item = this.item(id);
    if (!item || item.overSince !== undefined) return [];
    item.held.push({ kind: 'source-words-end', rest: this.texts.finish(id, whole) });
    item.overSince = performance.now();
    return this.release();
  }

  private release(): SessionOutput[] {
    const out: SessionOutput[] = [];
    for (let first = this.items[0]; first; first = this.items[0]) {
      out.push(...first.held.splice(0));
      if (first.overSince === undefined && !this.isLost()) break;
      this.items.shift();
      this.finished.push(first.id);
    }
    if (this.finished.length > MOST_ITEMS) this.finished.splice(0, this.finished.length - MOST_ITEMS);
    return out;
  }

  /** The first item is not finished, and others behind it have been for long. */
  private isLost(): boolean {
    if (this.items.length > MOST_ITEMS) return true;
    const now = performance.now();
    return this.items.some(({ overSince }) => overSince !== undefined && now - overSince > PATIENCE_MS);
  }

  private item(id: string): Item | undefined {
    if (this.finished.includes(id)) return undefined;
    const known = this.items.find((item) => item.id === id);
    if (known) return known;
    const item: Item = { id, held: [], overSince: undefined };
    this.items.push(item);
    return item;
  }
}
