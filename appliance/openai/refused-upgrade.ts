import type { ClientRequest, IncomingMessage } from 'node:http';
import { brokenSocket, refusedUpgrade } from './failure.ts';
import type { Failure } from './known-failures.ts';
import { parseRefusal } from './server-event.ts';

const LONGEST_REFUSAL = 16_384;

/** Reads why a server did not open a session, and lets the connection go. */
export function readRefusal({
  request,
  response,
  onFailure,
}: {
  request: ClientRequest;
  response: IncomingMessage;
  onFailure: (failure: Failure) => void;
}): void {
  const status = response.statusCode ?? 0;
  let body = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    if (body.length < LONGEST_REFUSAL) body += chunk;
  });
  response.on('error', (error) => onFailure(brokenSocket(error)));
  response.on('end', () => {
    onFailure(refusedUpgrade({ status, body: parseRefusal(body) }));
    request.destroy();
  });
}
