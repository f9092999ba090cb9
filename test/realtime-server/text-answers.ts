import type { IncomingMessage, ServerResponse } from 'node:http';
import { BAD_BODY, type Refusal } from './refusal.ts';
import { readRequest, responseTo, type TextFault, type TextRequest } from './text-wire.ts';

const LONGEST_BODY = 1_048_576;

/** `POST /v1/responses`: lines come back tagged with the language that was asked for, nothing is translated. */
export class TextAnswers {
  /** Bodies of the requests that were in order, the first one first. */
  readonly requests: TextRequest[] = [];
  /** Decides for each request; `number` from 1. */
  fault: (request: TextRequest, number: number) => TextFault | undefined = () => undefined;
  /** Those that were refused for what they held. */
  readonly objections: Refusal[] = [];

  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    refusal: Refusal | undefined,
  ): Promise<void> {
    const body = await bodyOf(request);
    const read = body === undefined || !isJson(request) ? BAD_BODY : readRequest(body);
    const objection = refusal ?? ('status' in read ? read : undefined);
    if (objection || 'status' in read) {
      if (!refusal && objection) this.objections.push(objection);
      refuseCall(response, objection ?? BAD_BODY);
      return;
    }
    this.requests.push(read);
    const fault = this.fault(read, this.requests.length);
    if (fault?.kind === 'refused') refuseCall(response, fault.refusal, fault.headers);
    else if (fault?.kind === 'drop') request.socket.destroy();
    else if (fault?.kind !== 'silent') send(response, responseTo(read, this.requests.length, fault), fault);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) return undefined;
  }
  return body;
}

function isJson({ headers }: IncomingMessage): boolean {
  return (headers['content-type'] ?? '').startsWith('application/json');
}

const HEADERS = {
  'content-type': 'application/json',
  'x-ratelimit-limit-requests': '500',
  'x-ratelimit-remaining-requests': '499',
  'x-ratelimit-reset-requests': '120ms',
  'x-ratelimit-limit-tokens': '200000',
  'x-ratelimit-remaining-tokens': '199000',
  'x-ratelimit-reset-tokens': '300ms',
};

function refuseCall(
  response: ServerResponse,
  { status, error }: Refusal,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...HEADERS, 'x-request-id': 'req_refused', ...headers });
  response.end(JSON.stringify({ error }));
}

function send(response: ServerResponse, whole: object, fault: TextFault | undefined): void {
  const text = JSON.stringify(whole);
  response.writeHead(200, { ...HEADERS, 'x-request-id': 'req_answered' });
  if (fault?.kind === 'half') response.write(text.slice(0, text.length / 2));
  else response.end(text);
}
