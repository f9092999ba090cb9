import { UbizoError } from '../protocol/errors.ts';
import { areCredentials } from './ice-credentials.ts';

/**
 * `application/trickle-ice-sdpfrag` (RFC 8840, as WHIP and WHEP use it in PATCH: RFC 9725, 4.3.1): candidates for
 * the first section, or new credentials, which ask for an ICE restart.
 */
export interface IceFragment {
  readonly userFragment?: string;
  readonly password?: string;
  readonly candidates: readonly string[];
}

/** For which ICE sessions a request is meant: any there is, or one of these. */
export type IfMatch = '*' | readonly string[];

/** What a connection answers: SDP or a fragment of it, and the name of the ICE session that it belongs to. */
export interface IceAnswer {
  readonly text: string;
  readonly session: string;
}

const MAX_CANDIDATES = 32;
const CANDIDATE =
  /^candidate:\S{1,32} \d{1,3} \S{1,8} \d{1,10} \S{1,64} \d{1,5} typ (host|srflx|prflx|relay)\b/;

/**
 * @throws UbizoError `bad_sdp` when there is neither a candidate, nor credentials, nor an end of candidates, or when
 * a candidate (RFC 8839, 5.1) or the credentials are none.
 */
export function parseIceFragment(text: string): IceFragment {
  const candidates: string[] = [];
  let userFragment: string | undefined;
  let password: string | undefined;
  let ended = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('a=candidate:')) candidates.push(line.slice(2));
    else if (line.startsWith('a=ice-ufrag:')) userFragment ??= line.slice('a=ice-ufrag:'.length).trim();
    else if (line.startsWith('a=ice-pwd:')) password ??= line.slice('a=ice-pwd:'.length).trim();
    else if (line.trim() === 'a=end-of-candidates') ended = true;
  }
  if (candidates.length > MAX_CANDIDATES)
    throw new UbizoError('bad_sdp', 'Too many ICE candidates in one fragment.');
  if (!candidates.every((candidate) => CANDIDATE.test(candidate)))
    throw new UbizoError('bad_sdp', 'An ICE candidate in the fragment could not be read.');
  if (candidates.length === 0 && !ended && !(userFragment && password)) {
    throw new UbizoError('bad_sdp', 'The fragment holds no ICE candidate and no new ICE credentials.');
  }
  if (userFragment && password && !areCredentials(userFragment, password))
    throw new UbizoError('bad_sdp', 'The ICE credentials in the fragment cannot be used.');
  return { candidates, ...(userFragment && { userFragment }), ...(password && { password }) };
}
