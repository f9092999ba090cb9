/** Of OpenAI's own sessions; a server on the LAN has another. */
export const OPENAI_URL = 'wss://api.openai.com/v1/realtime';

/** `base` with a WebSocket scheme, `path` added to its end, and `model` unless it names one. */
export function sessionAddress({
  base,
  path = '',
  model,
}: {
  base: string;
  path?: string;
  model: string;
}): URL {
  const url = new URL(base.replace(/^http/i, 'ws'));
  const trunk = url.pathname.replace(/\/+$/, '');
  url.pathname = trunk.endsWith(path) ? trunk : `${trunk}${path}`;
  if (!url.searchParams.has('model')) url.searchParams.set('model', model);
  return url;
}
