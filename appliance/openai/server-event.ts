import * as z from 'zod/mini';

const envelope = z.looseObject({ type: z.string() });

const nullableText = z.optional(z.nullable(z.string()));

/** The `error` event, and the body of a refused upgrade. */
export const serverError = z.object({
  error: z.object({
    message: z.string(),
    type: nullableText,
    code: z.optional(z.nullable(z.union([z.string(), z.number()]))),
    param: nullableText,
  }),
});

/** What is not to be acted on: events newer than this program, and what is not JSON or lacks its fields. */
export type UselessEvent =
  { readonly kind: 'other'; readonly type: string } | { readonly kind: 'broken'; readonly reason: string };

type Read<Event> = (event: { type: string; event: unknown }) => Event | undefined;

/**
 * Reads server messages. `read` answers undefined for what it does not know, and may throw a ZodError for an event
 * that lacks its fields: neither ends a session.
 */
export function readEvents<Event>(read: Read<Event>): (message: string) => Event | UselessEvent {
  return (message) => parseEvent(message, read);
}

function parseEvent<Event>(message: string, read: Read<Event>): Event | UselessEvent {
  try {
    const event = envelope.parse(JSON.parse(message));
    return read({ type: event.type, event }) ?? { kind: 'other', type: event.type.slice(0, 80) };
  } catch (error) {
    if (error instanceof z.core.$ZodError) {
      const places = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      return { kind: 'broken', reason: places.join('; ').slice(0, 200) };
    }
    if (error instanceof SyntaxError) return { kind: 'broken', reason: 'not JSON' };
    throw error;
  }
}

/** A refused upgrade's body, when it is in OpenAI's form. */
export function parseRefusal(body: string): z.infer<typeof serverError>['error'] | undefined {
  try {
    return serverError.parse(JSON.parse(body)).error;
  } catch {
    return undefined;
  }
}
