/** Where sessions are opened, and what is not part of where text is sent. */
const SESSIONS_PATH = /\/realtime(?:\/translations)?\/*$/;
const OF_SESSIONS = ['model', 'intent'];

const OPENAI_SESSIONS = 'wss://api.openai.com/v1/realtime';

export interface ApiAddress {
  /** Under which `/responses` is. */
  readonly base: string;
  /** Parameters that every call needs (a version, where a server wants one). */
  readonly query: Readonly<Record<string, string>>;
  readonly isOpenAi: boolean;
}

/** @param sessions where the same server opens its realtime sessions. @returns nothing when it is no address */
export function apiAddress(sessions: string = OPENAI_SESSIONS): ApiAddress | undefined {
  if (!URL.canParse(sessions)) return undefined;
  const url = new URL(sessions.replace(/^ws/i, 'http'));
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const query = [...url.searchParams].filter(([name]) => !OF_SESSIONS.includes(name));
  return {
    base: `${url.origin}${url.pathname.replace(SESSIONS_PATH, '').replace(/\/+$/, '')}`,
    query: Object.fromEntries(query),
    isOpenAi: url.hostname === new URL(OPENAI_SESSIONS).hostname,
  };
}
