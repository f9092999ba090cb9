import { UbizoError } from '../protocol/errors.ts';

export interface Fingerprint {
  /** As in SDP: `sha-256`. */
  readonly algorithm: string;
  readonly value: string;
}

/** What can be checked, the most preferred first, with the length of a value in bytes. SHA-1 proves nothing any more. */
const CHECKED = new Map([
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
]);
const LINE = /^a=fingerprint:([!-~]{1,32}) ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){0,63})\s*$/;
/** Two certificates by all three hashes, and as many again that are of no use here. */
const MAX_FINGERPRINTS = 12;

/** The fingerprints of an SDP text: those of the session first, then those of each section. The parser knows one each. */
export function fingerprintsIn(text: string): Fingerprint[][] {
  const found: Fingerprint[][] = [[]];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.startsWith('m=')) found.push([]);
    const [, algorithm, value] = LINE.exec(line) ?? [];
    if (algorithm && value)
      found.at(-1)?.push({ algorithm: algorithm.toLowerCase(), value: value.toUpperCase() });
  }
  return found;
}

/**
 * Those that count: there may be one for each certificate by each of several hashes, and one hash is chosen (RFC 8122, 5).
 * @throws UbizoError `bad_sdp` when there is none, `unsupported_sdp` when none can be checked.
 */
export function checkable(offered: readonly Fingerprint[]): Fingerprint[] {
  if (offered.length === 0 || offered.length > MAX_FINGERPRINTS)
    throw new UbizoError('bad_sdp', 'The offer has no DTLS fingerprint (a=fingerprint), or too many.');
  for (const [hash, bytes] of CHECKED) {
    const set = offered.filter(
      ({ algorithm, value }) => algorithm === hash && value.length === bytes * 3 - 1,
    );
    if (set.length > 0) return set;
  }
  throw new UbizoError(
    'unsupported_sdp',
    'The offer has no DTLS fingerprint that can be checked: it must have one by SHA-256.',
  );
}
