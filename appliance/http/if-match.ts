import type { IncomingMessage } from 'node:http';
import { UbizoError } from '../protocol/errors.ts';
import type { IfMatch } from '../peer/ice-fragment.ts';

/** RFC 9110, 8.8.3: a strong tag, or a weak one, which matches nothing here (8.8.3.2). A comma may be part of it. */
const TAGS = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

/**
 * Which ICE session a request is for (RFC 9725, 4.3.1). RFC 9725 writes `"*"` in its example and means `*`.
 * @throws UbizoError `precondition_required`, `bad_request`.
 */
export function ifMatchOf({ headers }: IncomingMessage): IfMatch {
  const value = headers['if-match']?.trim();
  if (value === undefined)
    throw new UbizoError(
      'precondition_required',
      'Name the ICE session that this is for: If-Match with the ETag of the last answer, or "*" for an ICE restart.',
    );
  if (value === '*' || value === '"*"') return '*';
  const tags = [...value.matchAll(TAGS)];
  if (tags.length === 0 || /[^\s,]/.test(value.replaceAll(TAGS, '')))
    throw new UbizoError('bad_request', 'The If-Match of the request could not be read.');
  return tags.flatMap(([, weak, tag = '']) => (weak === undefined ? [tag] : []));
}

/** @param session as a peer names it. */
export function entityTag(session: string): string {
  return `"${session}"`;
}
