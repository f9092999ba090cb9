import type { ErrorCode, Problem } from '../protocol/errors.ts';

/** Why a session ended. */
export interface Failure {
  /** Only a person can mend it, so connecting again is of no use. */
  readonly final: boolean;
  readonly problem: Problem;
  /** The session was there and heard the guide, but said nothing: only sound shows that the next one is better. */
  readonly unanswered?: true;
}

export const KEY_REFUSED = final(
  'interpreter_key_refused',
  'OpenAI refused the key. Check the key in the box’s settings; the guide’s own voice goes on.',
);
export const KEY_FORBIDDEN = final(
  'interpreter_key_refused',
  'OpenAI does not allow this key to interpret. Check its permissions and project at OpenAI; the guide’s own voice goes on.',
);
const ADDRESS_FORBIDDEN = final(
  'interpreter_key_refused',
  'OpenAI does not allow this key from where the box is. Check the allowed addresses of its project, and the country; the guide’s own voice goes on.',
);
export const NO_CREDIT = final(
  'interpreter_no_quota',
  'The OpenAI account has no credit left. Add credit in its billing settings at OpenAI; the guide’s own voice goes on.',
);
const LIMIT_REACHED = final(
  'interpreter_no_quota',
  'The OpenAI account or project has reached its spending limit. Raise it in the billing settings at OpenAI; the guide’s own voice goes on.',
);
const BILLING_INACTIVE = final(
  'interpreter_no_quota',
  'The OpenAI account’s billing is not active. Check its billing details at OpenAI; the guide’s own voice goes on.',
);
const WRONG_SHAPE = final(
  'interpreter_failed',
  'The interpreter’s server does not speak as the box does. Check address and dialect in the box’s settings; the guide’s own voice goes on.',
);
export const TOO_MUCH = passing('The interpreter’s server is asked for too much at once.');
const OVERLOADED = passing('The interpreter’s server is overloaded.');

/**
 * By `code`, and by `type` where the code says nothing: with newer codes the type often stays `insufficient_quota`.
 * Sources, read in November 2026: developers.openai.com/api/docs/guides/error-codes and the openai package.
 */
const KNOWN: ReadonlyMap<string, Failure> = new Map([
  ['invalid_api_key', KEY_REFUSED],
  ['authentication_error', KEY_REFUSED],
  ['account_deactivated', KEY_REFUSED],
  ['ip_not_authorized', ADDRESS_FORBIDDEN],
  ['unsupported_country_region_territory', ADDRESS_FORBIDDEN],
  ['insufficient_quota', NO_CREDIT],
  ['credit_balance_exhausted', NO_CREDIT],
  ['billing_hard_limit_reached', LIMIT_REACHED],
  ['project_spend_limit_exceeded', LIMIT_REACHED],
  ['organization_spend_limit_exceeded', LIMIT_REACHED],
  ['organization_usage_limit_exceeded', LIMIT_REACHED],
  ['billing_not_active', BILLING_INACTIVE],
  ['beta_api_shape_disabled', WRONG_SHAPE],
  ['rate_limit_exceeded', TOO_MUCH],
  ['slow_down', TOO_MUCH],
  ['server_is_overloaded', OVERLOADED],
  ['session_expired', passing('The interpreter’s session came to its end.')],
]);

export function knownFailure({
  code,
  type,
}: {
  readonly code?: string | number | null | undefined;
  readonly type?: string | null | undefined;
}): Failure | undefined {
  return KNOWN.get(String(code)) ?? KNOWN.get(String(type));
}

export function passing(what: string, code: ErrorCode = 'interpreter_unreachable'): Failure {
  const message = `${what} The box tries again by itself.`;
  return { final: false, problem: { code, message } };
}

function final(code: ErrorCode, message: string): Failure {
  return { final: true, problem: { code, message } };
}
