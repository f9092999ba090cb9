import * as z from 'zod/mini';
import { withoutSpaces } from './text.ts';

/** A domain of letters of any script, as the owner of the address writes it. */
const WRITTEN_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * An address as it is kept and compared: no case, no invisible or full-width characters, an international domain in
 * ASCII (RFC 5890), as browsers send it from `<input type=email>`.
 */
function normaliseEmail(typed: string): string {
  const inner = typed.trim().split(/\s+/u).map(withoutSpaces).filter(Boolean).join(' ');
  const email = inner.normalize('NFKC').toLowerCase();
  const at = email.lastIndexOf('@') + 1;
  return email.slice(0, at) + asciiDomain(email.slice(at));
}

function asciiDomain(domain: string): string {
  const address = `http://${domain}`;
  return WRITTEN_DOMAIN.test(domain) && /[^ -~]/u.test(domain) && URL.canParse(address)
    ? new URL(address).hostname
    : domain;
}

/** What `<input type=email>` takes (HTML, "valid email address"): atext of RFC 5322, 3.2.3, and a host name. */
export const email = z
  .string()
  .check(z.overwrite(normaliseEmail), z.maxLength(254), z.regex(z.regexes.html5Email));
