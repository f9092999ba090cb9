import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Which questions have come onto the screen; each is told once. */
export class SeenWatch implements ReactiveController {
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly onSeen: (id: string) => void;
  private readonly told = new Set<string>();
  private watched = new WeakSet<Element>();
  private observer: IntersectionObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, onSeen: (id: string) => void) {
    this.host = host;
    this.onSeen = onSeen;
    host.addController(this);
  }

  hostConnected(): void {
    this.watched = new WeakSet();
    this.observer = new IntersectionObserver((entries) => this.look(entries), { threshold: 0.6 });
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
  }

  hostUpdated(): void {
    for (const row of this.host.shadowRoot?.querySelectorAll('[data-question]') ?? []) {
      if (this.watched.has(row)) continue;
      this.watched.add(row);
      this.observer?.observe(row);
    }
  }

  private look(entries: readonly IntersectionObserverEntry[]): void {
    if (document.hidden) return;
    for (const { isIntersecting, target } of entries) {
      const id = target instanceof HTMLElement ? target.dataset['question'] : undefined;
      if (!isIntersecting || id === undefined || this.told.has(id)) continue;
      this.told.add(id);
      this.observer?.unobserve(target);
      this.onSeen(id);
    }
  }
}
