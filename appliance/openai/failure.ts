import type { Problem } from '../protocol/errors.ts';
import { languageName } from '../protocol/languages.ts';
import {
  type Failure,
  KEY_FORBIDDEN,
  KEY_REFUSED,
  knownFailure,
  NO_CREDIT,
  passing,
  TOO_MUCH,
} from './known-failures.ts';

/** What a server says went wrong, in an `error` event or in the body of a refused upgrade. */
export interface ServerError {
  readonly message: string;
  readonly type?: string | null | undefined;
  readonly code?: string | number | null | undefined;
  readonly param?: string | null | undefined;
}

export const KEY_MISSING: Problem = {
  code: 'interpreter_key_missing',
  message:
    'The interpreter has no OpenAI key. Put one into the box’s settings (OPENAI_API_KEY); until then only the guide’s own voice is heard.',
};

export const KEY_BROKEN: Problem = {
  code: 'interpreter_key_refused',
  message:
    'The OpenAI key in the box’s settings has characters that no key has. Copy it once more, without quotation marks; until then only the guide’s own voice is heard.',
};

export function languageUnsupported(language: string): Problem {
  return {
    code: 'interpreter_language_unsupported',
    message: `The interpreter cannot speak ${languageName(language, 'en')}. Choose another language for the tour; its visitors hear the guide’s own voice.`,
  };
}

export function addressBroken(url: string): Problem {
  return {
    code: 'interpreter_failed',
    message: `“${url}” is not an address of an interpreter. Correct it in the box’s settings; it begins with wss:// or ws://.`,
  };
}

/** The upgrade was answered with a plain HTTP status. */
export function refusedUpgrade({ status, body }: { status: number; body: ServerError | undefined }): Failure {
  const known = body && knownFailure(body);
  if (known) return known;
  if (status === 401) return KEY_REFUSED;
  if (status === 402) return NO_CREDIT;
  if (status === 403) return KEY_FORBIDDEN;
  if (status === 429) return TOO_MUCH;
  if (status >= 500) return passing(`The interpreter’s server is in trouble (HTTP ${status}).`);
  return passing(
    `The interpreter’s server does not know this address (HTTP ${status}). Check address and dialect in the box’s settings.`,
  );
}

/** A call was answered with an error. Undefined: it was for what the call held; others may go well. */
export function refusedCall({ status, body }: { status: number; body: ServerError }): Failure | undefined {
  const known = knownFailure(body);
  if (known) return known;
  if (status === 401 || status === 402 || status === 403 || status === 429 || status >= 500)
    return refusedUpgrade({ status, body });
  const aboutContent = /^(?:$|input\b)/.test(body.param ?? '');
  if ((status === 400 || status === 413 || status === 422) && aboutContent) return undefined;
  return {
    final: true,
    problem: {
      code: 'interpreter_failed',
      message: `The interpreter’s server does not translate texts as the box asks it to (HTTP ${status}). Check UBIZO_TEXT_MODEL and the address in the box’s settings.`,
    },
  };
}

/** An `error` event; undefined when the session goes on in spite of it, as it does after most. */
export function failureOf({
  error,
  ready,
  language,
}: {
  error: ServerError;
  ready: boolean;
  language: string;
}): Failure | undefined {
  const known = knownFailure(error);
  if (known?.final || error.code === 'session_expired') return known;
  if (ready) return undefined;
  if (known) return known;
  if (`${error.param ?? ''} ${error.code ?? ''}`.includes('language')) {
    return { final: true, problem: languageUnsupported(language) };
  }
  return passing(`The interpreter’s server refused the session’s settings: ${withoutKeys(error.message)}`);
}

const BREAKS_OFF = 'The interpreter’s server breaks off its answers before they begin.';
/** By `status_details.reason` of a conversation's response. */
const UNANSWERED: ReadonlyMap<unknown, string> = new Map([
  ['content_filter', 'The interpreter’s server holds back what was said.'],
  ['max_output_tokens', 'The interpreter’s server has no room for an answer.'],
  ['turn_detected', BREAKS_OFF],
  ['client_cancelled', BREAKS_OFF],
]);

/**
 * A turn of the guide's that the server did not answer; `why` says so with the code of an error, or with the reason
 * why the answer was broken off.
 */
export function unansweredTurn(why: ServerError): Failure {
  const known = knownFailure(why);
  if (known?.final) return known;
  const words =
    UNANSWERED.get(why.code) ?? `The interpreter’s server does not answer: ${withoutKeys(why.message)}`;
  const { problem } = known ?? passing(words, 'interpreter_failed');
  return { final: false, problem, unanswered: true };
}

/** The socket could not be opened, or broke. */
export function brokenSocket(error: Error): Failure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED') {
    return passing('The server’s certificate does not fit the box’s clock. Check date and time on the box.');
  }
  if (/CERT|SIGNED|ERR_TLS|ERR_SSL/.test(code)) {
    return passing('The box does not trust the server’s certificate. Check the address in its settings.');
  }
  return passing('The interpreter cannot be reached. Check the box’s connection to the internet.');
}

/** The socket was closed by the other side. `reason`: may name the error, as `invalid_request_error.invalid_api_key`. */
export function closedSocket(reason: string): Failure {
  const code = reason.slice(reason.lastIndexOf('.') + 1);
  return knownFailure({ code }) ?? passing('The connection to the interpreter was lost.');
}

/** Others have met it so often in vain that it is not even asked. */
export function serviceAway(): Failure {
  return passing('The interpreter’s server is away, for all languages.');
}

export function silentServer(): Failure {
  return passing('The interpreter’s server does not answer.');
}

/** Server messages may quote part of a key. */
export function withoutKeys(message: string): string {
  return message.replace(/\b(sk|ek)[-_][\w*-]+/g, '[key]').slice(0, 200);
}
