/** Ids of questions that have changed, or are gone; `all`: so much that whoever shows them begins anew. */
export type QuestionNews = ReadonlySet<string> | 'all';

/** Counts of votes are told twice a second at most: two thousand a minute concern forty phones each. */
const VOTES_EVERY_MS = 500;

/** Tells of changes together: what the guide or an asker does at once, votes a little later. */
export class ChangesTold {
  private readonly observers = new Set<(news: QuestionNews) => void>();
  private soon = new Set<string>();
  private later = new Set<string>();
  private all = false;
  private next: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;

  subscribe(observer: (news: QuestionNews) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  stop(): void {
    clearImmediate(this.next);
    clearTimeout(this.timer);
    this.observers.clear();
  }

  changed(question: string): void {
    this.soon.add(question);
    this.next ??= setImmediate(this.tellSoon);
  }

  voted(question: string): void {
    this.later.add(question);
    this.timer ??= setTimeout(this.tellLater, VOTES_EVERY_MS);
  }

  anew(): void {
    this.all = true;
    this.next ??= setImmediate(this.tellSoon);
  }

  private readonly tellSoon = (): void => {
    this.next = undefined;
    const { soon, all } = this;
    this.soon = new Set();
    this.all = false;
    this.tell(all ? 'all' : soon);
  };

  private readonly tellLater = (): void => {
    this.timer = undefined;
    const { later } = this;
    this.later = new Set();
    this.tell(later);
  };

  private tell(news: QuestionNews): void {
    for (const observer of this.observers) observer(news);
  }
}
