import { UbizoError } from '../protocol/errors.ts';

/**
 * `application/trickle-ice-sdpfrag` (RFC 8840, as WHIP and WHEP use it in PATCH: RFC 9725, 4.3.1): candidates for
 * the first section, or new credentials, which ask for an ICE restart.
 */
export interface IceFragment {
  readonly userFragment?: string;
  readonly password?: string;
  readonly candidates: readonly string[];
}

const MAX_CANDIDATES = 32;

/** @throws UbizoError `bad_sdp` when there is neither a candidate, nor credentials, nor an end of candidates. */
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
  if (candidates.length === 0 && !ended && !(userFragment && password)) {
    throw new UbizoError('bad_sdp', 'The fragment holds no ICE candidate and no new ICE credentials.');
  }
  return { candidates, ...(userFragment && { userFragment }), ...(password && { password }) };
}

/** The same offer with other ICE credentials and without its old candidates: what an ICE restart means. */
export function withIceCredentials(
  offer: string,
  { userFragment, password }: { userFragment: string; password: string },
): string {
  return offer
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('a=candidate:') && line !== 'a=end-of-candidates')
    .map((line) => {
      if (line.startsWith('a=ice-ufrag:')) return `a=ice-ufrag:${userFragment}`;
      if (line.startsWith('a=ice-pwd:')) return `a=ice-pwd:${password}`;
      return line;
    })
    .join('\r\n');
}

/** The fragment that answers an ICE restart: the box's new credentials and its candidates. */
export function fragmentOfAnswer(answer: string): string {
  const lines = answer.split(/\r?\n/);
  const first = (prefix: string): string[] => lines.filter((line) => line.startsWith(prefix)).slice(0, 1);
  return [
    ...first('a=ice-lite'),
    ...first('a=ice-ufrag:'),
    ...first('a=ice-pwd:'),
    ...first('m='),
    ...first('a=mid:'),
    ...new Set(lines.filter((line) => line.startsWith('a=candidate:'))),
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
