import type { IncomingMessage } from 'node:http';
import { UbizoError } from '../protocol/errors.ts';

/**
 * What a request is for (RFC 9112, 3.2): a path, whatever it begins with, or a whole address.
 * @throws UbizoError `bad_request` for what is neither.
 */
export function targetOf({ url = '/' }: Pick<IncomingMessage, 'url'>): URL {
  const address = url.startsWith('/') ? `http://box${url}` : url;
  if (URL.canParse(address)) return new URL(address);
  throw new UbizoError('bad_request', 'This is not an address. Open the box’s page anew.');
}
