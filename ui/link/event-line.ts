import { type EventLine, StreamLine } from './stream-line.ts';

/** What events travel on: a WebSocket, or plain HTTP where none passes. */
export type LineKind = 'socket' | 'stream';

export function openLine(kind: LineKind, address: URL): EventLine {
  if (kind === 'stream') return new StreamLine(address);
  const url = new URL(address);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url);
}
