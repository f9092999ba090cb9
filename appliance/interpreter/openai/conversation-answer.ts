import * as z from 'zod/mini';
import type { SessionEvent } from './dialect.ts';
import type { ServerError } from '../../openai/failure.ts';
import { responseEnd } from '../../openai/response-end.ts';
import { tokensOf } from '../../openai/usage.ts';

const response = z.extend(responseEnd, { id: z.nullish(z.string()) });
type Response = z.infer<typeof response>;
const done = z.object({ response });

/** So many answers in a row that the guide's next words cut off before they began, and it is no chance any more. */
const MOST_CUT_OFF = 2;

/** How a conversation session's answers end: what they cost, and whether the guide's turn was answered at all. */
export class ConversationAnswers {
  /** The response that was heard last. */
  private heard: string | undefined;
  private cutOff = 0;

  /** @param response the wire's `response_id`; missing from some servers. */
  speaks(response: string | undefined): void {
    this.heard = response ?? '';
    this.cutOff = 0;
  }

  /** `response.done`. @throws ZodError */
  ended(event: unknown): SessionEvent {
    const { response } = done.parse(event);
    return { kind: 'answered', tokens: tokensOf(response.usage), unanswered: this.unanswered(response) };
  }

  /** One that is completed may have been silent: there was nothing to translate. One that broke off was heard. */
  private unanswered({ id, status, status_details: details }: Response): ServerError | undefined {
    const heard = this.heard !== undefined && (this.heard === '' || this.heard === (id ?? ''));
    this.heard = undefined;
    const reason = details?.reason ?? undefined;
    if (status === 'failed') {
      const { code, type, message } = details?.error ?? {};
      return { code, type, message: message ?? String(code ?? 'it does not say why') };
    }
    if (heard || (status !== 'incomplete' && status !== 'cancelled')) return undefined;
    if (reason === 'turn_detected' && ++this.cutOff < MOST_CUT_OFF) return undefined;
    return { code: reason, message: status };
  }
}
