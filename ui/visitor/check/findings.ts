/** What is looked at, in the order in which sound depends on it. */
export type Question = 'box' | 'events' | 'udp' | 'socket' | 'sound' | 'playing' | 'clock' | 'mute';

/** `ask`: no page can know it; the visitor is asked. */
type Verdict = 'good' | 'bad' | 'unknown' | 'ask';

/** What was found. Its code is stable: docs/troubleshooting.md says what each means. */
export interface Finding {
  readonly question: Question;
  readonly verdict: Verdict;
  readonly code: FindingCode;
}

export type FindingCode =
  | 'B0'
  | 'B1'
  | 'B2'
  | 'E0'
  | 'E1'
  | 'U0'
  | 'U1'
  | 'U9'
  | 'S0'
  | 'S1'
  | 'S9'
  | 'P0'
  | 'P1'
  | 'P2'
  | 'P9'
  | 'A0'
  | 'A1'
  | 'A2'
  | 'C0'
  | 'C1'
  | 'C9'
  | 'M9';

/** All, in their order. */
export const ALL: readonly Question[] = [
  'box',
  'events',
  'udp',
  'socket',
  'sound',
  'playing',
  'clock',
  'mute',
];

const BY_LETTER: Readonly<Record<string, Question>> = {
  B: 'box',
  E: 'events',
  U: 'udp',
  S: 'socket',
  P: 'sound',
  A: 'playing',
  C: 'clock',
  M: 'mute',
};

/** 0 is well, 9 cannot be known, all else is a fault; `P1` is a guide who says nothing. */
export function finding(code: FindingCode): Finding {
  const [letter = '', digit = ''] = code;
  const question = BY_LETTER[letter] ?? 'box';
  const known = digit === '0' || code === 'P1' ? 'good' : 'bad';
  const verdict = code === 'M9' ? 'ask' : digit === '9' ? 'unknown' : known;
  return { question, verdict, code };
}

/** What the visitor tells the guide: the codes of what is not well, or `OK`. */
export function codeOf(findings: readonly Finding[]): string {
  const bad = findings.filter(({ verdict }) => verdict === 'bad').map(({ code }) => code);
  return bad.length > 0 ? bad.join(' ') : 'OK';
}
