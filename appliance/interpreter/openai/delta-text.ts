/** Items of a conversation that may be under way at a time: far more than are. */
const MOST_ITEMS = 64;

/**
 * Texts that come piece by piece, or whole once they are finished, or both: servers differ. Says what of a finished
 * text has not come yet. Several may be under way, and may end in another order.
 */
export class DeltaText {
  /** By item, what has come; undefined: all of it. */
  private readonly come = new Map<string, string | undefined>();

  /** @param item the wire's `item_id`; servers without items have one text at a time. */
  add(item: string | undefined, delta: string): void {
    this.keep(item, `${this.come.get(item ?? '') ?? ''}${delta}`);
  }

  /**
   * The text of `item` is finished. A whole that differs from the pieces that came has no rest: those were shown.
   * @param whole missing from servers that send pieces only.
   */
  finish(item: string | undefined, whole: string | null | undefined): string {
    const over = item !== undefined && this.come.has(item) && this.come.get(item) === undefined;
    // Some name the item only with the whole.
    const key = item !== undefined && this.come.has(item) ? item : '';
    const come = this.come.get(key)?.trimStart() ?? '';
    if (key === '') this.come.delete('');
    if (item !== undefined) this.keep(item, undefined);
    const text = whole?.trimStart() ?? '';
    return !over && text.startsWith(come) ? text.slice(come.length) : '';
  }

  private keep(item: string | undefined, text: string | undefined): void {
    this.come.set(item ?? '', text);
    if (this.come.size <= MOST_ITEMS) return;
    for (const oldest of this.come.keys()) {
      this.come.delete(oldest);
      return;
    }
  }
}
