import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WireError } from './wire.ts';

/** How OpenAI refuses an upgrade or a call: an HTTP status and a JSON body. */
export interface Refusal {
  readonly status: number;
  readonly error: WireError;
}

export const KEY_MISSING: Refusal = {
  status: 401,
  error: {
    message:
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
    type: 'invalid_request_error',
    param: null,
    code: null,
  },
};

export const KEY_WRONG: Refusal = {
  status: 401,
  error: {
    message: 'Incorrect API key provided: sk-te**key. You can find your API key in your account settings.',
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_api_key',
  },
};

export const NO_QUOTA: Refusal = {
  status: 429,
  error: {
    message: 'You exceeded your current quota, please check your plan and billing details.',
    type: 'insufficient_quota',
    param: null,
    code: 'insufficient_quota',
  },
};

export const UNAVAILABLE: Refusal = {
  status: 503,
  error: {
    message: 'The server is currently overloaded with other requests.',
    type: 'server_error',
    param: null,
    code: null,
  },
};

export const MODEL_MISSING: Refusal = {
  status: 400,
  error: {
    message: 'You must provide a model parameter.',
    type: 'invalid_request_error',
    param: 'model',
    code: 'missing_model',
  },
};

export const BAD_BODY: Refusal = {
  status: 400,
  error: {
    message: 'We could not parse the JSON body of your request.',
    type: 'invalid_request_error',
    param: null,
    code: null,
  },
};

export const UNKNOWN_URL: Refusal = {
  status: 404,
  error: { message: 'Invalid URL', type: 'invalid_request_error', param: null, code: null },
};

export function refuse(socket: Duplex, { status, error }: Refusal): void {
  const body = JSON.stringify({ error });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Date: ${new Date().toUTCString()}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
