import type { Context } from 'koa';
import { type ErrorCode, type Problem, UbizoError } from '../protocol/errors.ts';
import type { Refusals } from './refusals.ts';

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
  wrong_password: 401,
  weak_password: 400,
  common_password: 400,
  wrong_password_code: 401,
  account_unknown: 404,
  account_waiting: 403,
  account_locked: 403,
  account_not_found: 404,
  accounts_full: 503,
  last_owner: 409,
  not_claimed: 409,
  already_claimed: 409,
  insecure_connection: 403,
  precondition_required: 428,
  precondition_failed: 412,
  too_many_attempts: 429,
  box_busy: 503,
  tour_not_found: 404,
  not_your_tour: 403,
  tour_over: 410,
  tour_state: 409,
  code_unknown: 404,
  entry_code_needed: 401,
  wrong_entry_code: 401,
  attendee_not_found: 404,
  attendee_removed: 403,
  token_invalid: 401,
  language_not_offered: 400,
  listener_not_found: 404,
  listeners_full: 503,
  media_port_unavailable: 503,
  bad_sdp: 400,
  unsupported_sdp: 400,
  microphone_unknown: 400,
  microphone_busy: 409,
  microphone_missing: 503,
  microphone_lost: 503,
  microphone_program_missing: 503,
  microphone_file_missing: 503,
  microphone_file_empty: 503,
  microphone_file_broken: 503,
  microphone_silent: 422,
  clip_unreadable: 422,
  sound_check_missing: 404,
  sound_checks_busy: 503,
  key_refused: 422,
  interpreter_key_missing: 503,
  interpreter_key_refused: 503,
  interpreter_no_quota: 503,
  interpreter_language_unsupported: 400,
  interpreter_unreachable: 503,
  interpreter_program_missing: 503,
  interpreter_failed: 503,
  spend_cap_reached: 503,
  spend_cap_too_high: 403,
  certificate_broken: 503,
  wifi_unavailable: 503,
  wifi_refused: 400,
  check_up_failed: 503,
  questions_off: 403,
  question_open: 409,
  question_not_found: 404,
  questions_full: 503,
  asker_blocked: 403,
  message_not_found: 404,
  voice_off: 403,
  floor_not_yours: 403,
  call_not_found: 404,
  storage_failed: 503,
  storage_restored: 503,
  storage_lost: 503,
  internal: 500,
};

export function toProblem(error: unknown): Problem {
  if (error instanceof UbizoError) return error.toProblem();
  return { code: 'internal', message: 'Something went wrong on the box. Try again; its log says more.' };
}

export function statusOf({ code }: Problem): number {
  return STATUS[code];
}

/** Answers a failed request. */
export function answerFailure(context: Context, error: unknown, refusals: Refusals): void {
  const problem = toProblem(error);
  context.status = statusOf(problem);
  if (context.status === 401) context.set('WWW-Authenticate', 'Bearer');
  if (error instanceof UbizoError && error.retryAfterS !== undefined)
    context.set('Retry-After', String(Math.ceil(error.retryAfterS)));
  context.body = { error: problem };
  const { status, method } = context;
  // As the route has it: an address may hold a tour's code.
  const path = String(context.state['route'] ?? 'no route');
  refusals.add({ error, status, method, path });
}
