import type { EventOf, EventSource } from '../../../ui/link/handlers.ts';

/** Stands in for an events socket where only its events are wanted. */
export class FakeEvents<Event extends { readonly type: string }> implements EventSource<Event> {
  private readonly handlers = new Set<(event: Event) => void>();

  on<Type extends Event['type']>(type: Type, handler: (event: EventOf<Event, Type>) => void): () => void {
    const hear = (event: Event): void => {
      if (event.type === type) handler(event as EventOf<Event, Type>);
    };
    this.handlers.add(hear);
    return () => this.handlers.delete(hear);
  }

  /** What the box tells. */
  say(event: Event): void {
    for (const hear of this.handlers) hear(event);
  }

  get listened(): boolean {
    return this.handlers.size > 0;
  }
}
