import * as z from 'zod/mini';
import {
  attendeeEvent,
  openEvent,
  type AttendeeEvent,
  type OpenEvent,
} from '../../appliance/protocol/events.ts';
import { type Arrival, arrivalView } from '../../appliance/protocol/arrival.ts';
import { errorAnswer } from '../../appliance/protocol/requests.ts';
import { LinkError } from './problem.ts';

/**
 * The one place where what the box sends becomes typed. The schemas run interpreted: compiling them needs `eval`,
 * which the pages' content security policy forbids.
 */
z.config({ jitless: true });

export type Schema<T> = z.ZodMiniType<T>;

export function parseAnswer<T>(schema: Schema<T>, value: unknown): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new LinkError('bad_answer', z.prettifyError(parsed.error));
}

/** An event this page does not know comes from a newer box: it is passed over, not an error. */
export function parseEvent<T>(schema: Schema<T>, frame: unknown): T | undefined {
  if (typeof frame !== 'string') return undefined;
  try {
    const parsed = z.safeParse(schema, JSON.parse(frame));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export const parseAttendeeEvent = (frame: unknown): AttendeeEvent | undefined =>
  parseEvent(attendeeEvent, frame);

export const parseArrival = (text: unknown): Arrival | undefined => parseEvent(arrivalView, text);

export const parseOpenEvent = (frame: unknown): OpenEvent | undefined => parseEvent(openEvent, frame);

export function parseProblem(value: unknown, status: number, retryAfter: string | null): LinkError {
  const parsed = z.safeParse(errorAnswer, value);
  if (parsed.success) {
    const retryAfterS = Number(retryAfter ?? '');
    const { code, message } = parsed.data.error;
    return new LinkError(code, message, retryAfterS > 0 ? { retryAfterS } : {});
  }
  return status >= 500
    ? new LinkError('internal', `The box answered ${status}.`)
    : new LinkError('bad_answer', `The box answered ${status} without saying why.`);
}
