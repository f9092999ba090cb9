/** The dialects of the wire, as far as the stand-in speaks them. */

export interface WireError {
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
  readonly param: string | null;
}

/** What a client's event asks for. */
export type ClientAction =
  | { readonly kind: 'update'; readonly language: string | undefined; readonly captions: boolean | undefined }
  | { readonly kind: 'append'; readonly samples: Int16Array }
  | { readonly kind: 'close' }
  | { readonly kind: 'commit' | 'clear' | 'response' }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'error'; readonly error: WireError };

/** What the server says of its session. */
interface WireSession {
  readonly id: string;
  readonly model: string;
  /** s since the epoch. */
  readonly expiresAt: number;
  readonly language: string;
  readonly captions: boolean;
  /** The `session` of the last update. */
  readonly update?: unknown;
}

export type ServerEvent = { readonly type: string } & Record<string, unknown>;

export interface Wire {
  readonly name: 'translation' | 'conversation' | 'transcription';
  session(session: WireSession): Record<string, unknown>;
  read(event: Record<string, unknown>): ClientAction;
  speech(base64: string, at: Place): ServerEvent;
  words(delta: string, at: Place): ServerEvent;
  sourceWords(delta: string, at: Place): ServerEvent;
  /** After the last word and sample of one answer. `source`: what the guide said, when it is captioned. */
  answered(answer: Place & { readonly text: string; readonly source: string | undefined }): ServerEvent[];
  /** An answer that is over before it was complete; none in a wire without answers. */
  brokenOff(answer: Place & { readonly how: BrokenOff }): ServerEvent[];
}

interface Place {
  /** Of the answer, from 1. */
  readonly number: number;
  /** Of the sound said in this session. */
  readonly elapsedMs: number;
}

/** How an answer came to nothing: `status` and `status_details` of its `response.done`. */
export type BrokenOff =
  | {
      readonly status: 'failed';
      readonly error: { readonly type: string; readonly code?: string; readonly message?: string };
    }
  | { readonly status: 'cancelled'; readonly reason: 'turn_detected' | 'client_cancelled' }
  | { readonly status: 'incomplete'; readonly reason: 'max_output_tokens' | 'content_filter' };

/** `audio` of an append event → samples, or what is wrong with it. */
export function readAudio(audio: unknown): ClientAction {
  if (audio === undefined) {
    return invalid({
      code: 'missing_required_parameter',
      message: "Missing required parameter: 'audio'.",
      param: 'audio',
    });
  }
  if (typeof audio !== 'string' || audio.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(audio)) {
    return invalid({
      code: 'invalid_value',
      message: 'Invalid audio: the audio is not valid base64.',
      param: 'audio',
    });
  }
  const bytes = Buffer.from(audio, 'base64');
  if (bytes.length % 2 !== 0) {
    return invalid({
      code: 'invalid_value',
      message: 'Invalid audio: the number of bytes must be even (PCM16).',
      param: 'audio',
    });
  }
  const samples = new Int16Array(bytes.length / 2);
  for (let index = 0; index < samples.length; index++) samples[index] = bytes.readInt16LE(index * 2);
  return { kind: 'append', samples };
}

export function invalid({
  code,
  message,
  param,
}: {
  code: string;
  message: string;
  param: string | null;
}): ClientAction {
  return { kind: 'error', error: { type: 'invalid_request_error', code, message, param } };
}

export function unknownEvent(type: unknown, known: readonly string[]): ClientAction {
  const list = known.map((name) => `'${name}'`).join(', ');
  return invalid({
    code: 'invalid_value',
    message: `Invalid value: '${String(type)}'. Supported values are: ${list}.`,
    param: 'type',
  });
}

/** The object at `path`, when there is one. */
export function objectAt(value: unknown, ...path: string[]): Record<string, unknown> | undefined {
  let found = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return isObject(found) ? found : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
