import type { Context } from 'koa';
import type { Log } from '../log.ts';
import { type ErrorCode, type Problem, UbizoError } from '../protocol/errors.ts';

/** Which HTTP status each code is (RFC 9110). The only place where errors turn into the wire's shape. */
const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  bad_json: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  not_found: 404,
  method_not_allowed: 405,
  not_signed_in: 401,
  forbidden: 403,
  wrong_setup_code: 401,
  too_many_attempts: 429,
  tour_not_found: 404,
  tour_over: 410,
  tour_state: 409,
  code_unknown: 404,
  token_invalid: 401,
  language_not_offered: 400,
  listener_not_found: 404,
  listeners_full: 503,
  media_port_unavailable: 503,
  bad_sdp: 400,
  unsupported_sdp: 400,
  microphone_unknown: 400,
  microphone_busy: 409,
  microphone_lost: 503,
  microphone_program_missing: 503,
  microphone_file_missing: 503,
  microphone_file_empty: 503,
  microphone_file_broken: 503,
  interpreter_key_missing: 503,
  interpreter_key_refused: 503,
  interpreter_no_quota: 503,
  interpreter_language_unsupported: 400,
  interpreter_unreachable: 503,
  interpreter_program_missing: 503,
  interpreter_failed: 503,
  wifi_unavailable: 503,
  wifi_refused: 400,
  storage_failed: 503,
  storage_restored: 503,
  storage_lost: 503,
  internal: 500,
};

export function toProblem(error: unknown): Problem {
  if (error instanceof UbizoError) return error.toProblem();
  return { code: 'internal', message: 'Something went wrong on the box. Try again; its log says more.' };
}

/** Answers a failed request; only what is unexpected reaches the log. */
export function answerFailure(context: Context, error: unknown, log: Log): void {
  const problem = toProblem(error);
  context.status = STATUS[problem.code];
  if (context.status === 401) context.set('WWW-Authenticate', 'Bearer');
  if (problem.code === 'too_many_attempts') context.set('Retry-After', '900');
  context.body = { error: problem };
  // The path without its query: a query may carry a token.
  if (context.status >= 500)
    log.error({ err: error, method: context.method, path: context.path }, 'request failed');
}
