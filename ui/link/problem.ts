import type { ErrorCode } from '../../appliance/protocol/errors.ts';

/** What the way to the box can meet, besides the codes of the box itself. */
export type LinkCode = ErrorCode | 'box_unreachable' | 'bad_answer';

/** A request that failed. Pages translate `code` into a sentence; `message` is what they fall back to. */
export class LinkError extends Error {
  readonly code: LinkCode;
  /** After how many seconds the box wants to be asked again (`Retry-After`; RFC 9110, 10.2.3). */
  readonly retryAfterS: number | undefined;

  constructor(code: LinkCode, message: string, options?: ErrorOptions & { readonly retryAfterS?: number }) {
    super(message, options);
    this.name = 'LinkError';
    this.code = code;
    this.retryAfterS = options?.retryAfterS;
  }
}

export function asLinkError(error: unknown): LinkError {
  if (error instanceof LinkError) return error;
  return new LinkError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
