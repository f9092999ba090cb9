/**
 * Stable error codes. An HTTP error is `{"error":{"code","message"}}`; an event is `{type:'error',code,message}`.
 * The message is a sentence that a person can act on; pages translate by code and fall back to it.
 */
export const ERROR_CODES = [
  'bad_request',
  'bad_json',
  'body_too_large',
  'unsupported_media_type',
  'not_found',
  'method_not_allowed',
  'not_signed_in',
  'forbidden',
  'wrong_setup_code',
  'wrong_password',
  'weak_password',
  'common_password',
  'wrong_password_code',
  'account_unknown',
  'account_waiting',
  'account_locked',
  'account_not_found',
  'accounts_full',
  'last_owner',
  'not_claimed',
  'already_claimed',
  'insecure_connection',
  'precondition_required',
  'precondition_failed',
  'too_many_attempts',
  'box_busy',
  'tour_not_found',
  'not_your_tour',
  'tour_over',
  'tour_state',
  'code_unknown',
  'entry_code_needed',
  'wrong_entry_code',
  'attendee_not_found',
  'attendee_removed',
  'token_invalid',
  'language_not_offered',
  'listener_not_found',
  'listeners_full',
  'media_port_unavailable',
  'bad_sdp',
  'unsupported_sdp',
  'microphone_unknown',
  'microphone_busy',
  'microphone_missing',
  'microphone_lost',
  'microphone_program_missing',
  'microphone_file_missing',
  'microphone_file_empty',
  'microphone_file_broken',
  'microphone_silent',
  'clip_unreadable',
  'sound_check_missing',
  'sound_checks_busy',
  'key_refused',
  'interpreter_key_missing',
  'interpreter_key_refused',
  'interpreter_no_quota',
  'interpreter_language_unsupported',
  'interpreter_unreachable',
  'interpreter_program_missing',
  'interpreter_failed',
  'spend_cap_reached',
  'spend_cap_too_high',
  'certificate_broken',
  'wifi_unavailable',
  'wifi_refused',
  'check_up_failed',
  'questions_off',
  'question_open',
  'question_not_found',
  'questions_full',
  'asker_blocked',
  'message_not_found',
  'voice_off',
  'floor_not_yours',
  'call_not_found',
  'storage_failed',
  'storage_restored',
  'storage_lost',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What went wrong, in a code for programs and a sentence for people. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** An error that reaches a person as a {@link Problem}; anything else that is thrown becomes `internal`. */
export class UbizoError extends Error implements Problem {
  readonly code: ErrorCode;
  /** After how many seconds it is worth trying again (`Retry-After`; RFC 9110, 10.2.3). */
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { readonly retryAfterS?: number }) {
    super(message, options);
    this.name = 'UbizoError';
    this.code = code;
    this.retryAfterS = options?.retryAfterS;
  }

  toProblem(): Problem {
    return { code: this.code, message: this.message };
  }
}
