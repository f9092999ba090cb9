import type { IncomingMessage } from 'node:http';
import rawBody from 'raw-body';
import * as z from 'zod/mini';
import { UbizoError } from '../protocol/errors.ts';

/** The largest body of any request but a clip: an SDP offer takes 5 KB. */
const MAX_BYTES = 64 * 1024;
/** A minute of uncompressed stereo. */
const MAX_CLIP_BYTES = 10 * 1024 * 1024;
/** Nothing that this box takes is nested deeper than a glossary's translations. */
const MAX_DEPTH = 8;

/** @throws UbizoError `body_too_large`, `bad_request`. */
async function readText(request: IncomingMessage): Promise<string> {
  const body = await readBody(request, { limit: MAX_BYTES, tooLarge: 'The request is larger than 64 KB.' });
  return body.toString('utf8');
}

async function readBody(
  request: IncomingMessage,
  { limit, tooLarge }: { limit: number; tooLarge: string },
): Promise<Buffer> {
  try {
    return await rawBody(request, { limit, length: request.headers['content-length'] ?? null });
  } catch (error) {
    if (error instanceof Error && 'type' in error && error.type === 'entity.too.large') {
      throw new UbizoError('body_too_large', tooLarge, { cause: error });
    }
    throw new UbizoError('bad_request', 'The request broke off before it was complete.', { cause: error });
  }
}

/** Recorded sound, in any format. @throws UbizoError `body_too_large`, `bad_request`. */
export function readClip(request: IncomingMessage): Promise<Buffer> {
  return readBody(request, {
    limit: MAX_CLIP_BYTES,
    tooLarge: 'This clip is larger than 10 MB. Send a shorter one.',
  });
}

/** @throws UbizoError `unsupported_media_type`, `body_too_large`, `bad_json`, `bad_request`. */
export async function readJson<S extends z.ZodMiniType>(
  request: IncomingMessage,
  schema: S,
): Promise<z.infer<S>> {
  expectType(request, 'application/json');
  const text = await readText(request);
  let data: unknown;
  try {
    data = JSON.parse(text, withoutSurprises);
  } catch (error) {
    if (error instanceof UbizoError) throw error;
    throw new UbizoError('bad_json', 'The request is not valid JSON.', { cause: error });
  }
  if (deeperThan(MAX_DEPTH, data)) throw new UbizoError('bad_json', 'The request is nested too deeply.');
  const parsed = z.safeParse(schema, data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new UbizoError(
    'bad_request',
    field ? `"${field}" is missing or not what it should be.` : 'The request is not what it should be.',
  );
}

/** @throws UbizoError `unsupported_media_type`, `body_too_large`. */
export async function readSdp(
  request: IncomingMessage,
  type: 'application/sdp' | 'application/trickle-ice-sdpfrag',
): Promise<string> {
  expectType(request, type);
  return readText(request);
}

function expectType(request: IncomingMessage, type: string): void {
  const given = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (given !== type) throw new UbizoError('unsupported_media_type', `Send this request as ${type}.`);
}

/**
 * `__proto__` has no business in a request but to change what every object is (CWE-1321). Half a character (a lone
 * surrogate, which JSON can escape: RFC 8259, 8.2) cannot be written as UTF-8: no file, no header could tell of it.
 */
function withoutSurprises(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('"__proto__" is no key of a request');
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed()))
    throw new UbizoError('bad_request', 'A text in this request ends in the middle of a character.');
  return value;
}

function deeperThan(depth: number, data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return depth === 0 || Object.values(data).some((value) => deeperThan(depth - 1, value));
}
