import type { CaptionLine } from '../protocol/views.ts';

/** More than can wait to be heard. */
const MOST = 200;

/**
 * A language's captions, of which the voice may leave some out: these are delivered once more, marked. A caption is never
 * marked before it is final, so that who keeps what is final has each of them once without a mark.
 */
export class SpokenLines {
  private readonly deliver: (line: CaptionLine) => void;
  private readonly begin: (id: string) => void;
  /** The last ones, by id; undefined while a line grows. */
  private readonly lines = new Map<string, CaptionLine | undefined>();
  private readonly missed = new Set<string>();

  /** @param begin a line's first word has come */
  constructor({ deliver, begin }: { deliver: (line: CaptionLine) => void; begin: (id: string) => void }) {
    this.deliver = deliver;
    this.begin = begin;
  }

  add(line: CaptionLine): void {
    const { id, final } = line;
    if (!this.lines.has(id)) this.remember(id);
    this.lines.set(id, final ? line : undefined);
    this.deliver(line);
    if (final && this.missed.delete(id)) this.mark(line);
  }

  /** Something of these was not heard. */
  skip(ids: readonly string[]): void {
    for (const id of ids) {
      const line = this.lines.get(id);
      if (line) this.mark(line);
      else if (this.lines.has(id)) this.missed.add(id);
    }
  }

  private mark(line: CaptionLine): void {
    this.deliver({ ...line, skipped: true });
  }

  private remember(id: string): void {
    this.begin(id);
    if (this.lines.size < MOST) return;
    const [oldest = ''] = this.lines.keys();
    this.lines.delete(oldest);
    this.missed.delete(oldest);
  }
}
