import type { BoxUse } from '../../protocol/box-state.ts';

/** Changes that come together are told together. */
const TELL_AFTER_MS = 500;

/** Tells the desks how much of the box is in use, when that is another figure than before. */
export class BoxNews {
  private readonly look: () => BoxUse;
  private readonly sources: readonly ((observer: () => void) => () => void)[];
  private readonly observers = new Set<(use: BoxUse) => void>();
  private undos: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private told = '';

  /** `sources`: where to subscribe for what may be a change. */
  constructor({
    look,
    sources,
  }: {
    look: () => BoxUse;
    sources: readonly ((observer: () => void) => () => void)[];
  }) {
    this.look = look;
    this.sources = sources;
  }

  start(): void {
    this.undos = this.sources.map((subscribe) => subscribe(this.changed));
  }

  stop(): void {
    for (const undo of this.undos.splice(0)) undo();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  now(): BoxUse {
    return this.look();
  }

  /** @returns what to call to hear no more of it. */
  subscribe(observer: (use: BoxUse) => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  private readonly changed = (): void => {
    if (this.observers.size === 0) return;
    this.timer ??= setTimeout(() => this.tell(), TELL_AFTER_MS);
  };

  private tell(): void {
    this.timer = undefined;
    const use = this.look();
    const text = JSON.stringify(use);
    if (text === this.told) return;
    this.told = text;
    for (const observer of this.observers) observer(use);
  }
}
