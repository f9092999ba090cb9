/** Everything that the box tells has a type. */
export interface Typed {
  readonly type: string;
}

/** One type of the events in a union. */
export type EventOf<Event extends Typed, Type extends Event['type']> = Extract<Event, { type: Type }>;

/** What tells of the box's events: all that a subscriber needs of a socket. */
export interface EventSource<Event extends Typed> {
  readonly on: <Type extends Event['type']>(
    type: Type,
    handler: (event: EventOf<Event, Type>) => void,
  ) => () => void;
}

/** Who hears of which events. */
export class Handlers<Event extends Typed> {
  private readonly handlers = new Set<(event: Event) => void>();

  /** @returns what ends it. */
  add<Type extends Event['type']>(type: Type, handler: (event: EventOf<Event, Type>) => void): () => void {
    const hear = (event: Event): void => {
      if (isOf(event, type)) handler(event);
    };
    this.handlers.add(hear);
    return () => this.handlers.delete(hear);
  }

  tell(event: Event): void {
    // Who asks meanwhile hears the next event, and who was stopped meanwhile no more.
    const asked = [...this.handlers];
    for (const hear of asked) {
      if (!this.handlers.has(hear)) continue;
      try {
        hear(event);
      } catch (error) {
        // One part of the page that fails must not keep the news from the others.
        reportError(error);
      }
    }
  }
}

function isOf<Event extends Typed, Type extends Event['type']>(
  event: Event,
  type: Type,
): event is EventOf<Event, Type> {
  return event.type === type;
}
