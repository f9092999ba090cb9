import type { AttendeeMessage } from '../../../appliance/protocol/events.ts';
import type { EventsAhead as Ahead } from '../../link/head-start.ts';

const LISTEN = JSON.stringify({ type: 'listen' } satisfies AttendeeMessage);

/** The events of a tour, kept for who is to hear them. */
export class EventsAhead implements Ahead {
  readonly socket: WebSocket;
  private readonly frames: unknown[] = [];

  constructor(path: string) {
    const url = new URL(path, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.socket = new WebSocket(url);
    this.socket.addEventListener('message', this.keep);
  }

  /** The visitor has tapped: the sound may begin. */
  listen(): void {
    const { socket } = this;
    if (socket.readyState === WebSocket.OPEN) socket.send(LISTEN);
    else socket.addEventListener('open', () => socket.send(LISTEN), { once: true });
  }

  readonly take = (): readonly unknown[] => {
    this.socket.removeEventListener('message', this.keep);
    return this.frames;
  };

  private readonly keep = ({ data }: MessageEvent): void => {
    this.frames.push(data);
  };
}
