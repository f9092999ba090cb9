import type { ReactiveControllerHost } from 'lit';
import type { GuideMessage } from '../../../../appliance/protocol/events.ts';
import type { GuideEvent } from '../../../../appliance/protocol/guide-events.ts';
import type { EventOf, EventSource } from '../../../link/handlers.ts';

export type FloorNow = Pick<EventOf<GuideEvent, 'floor'>, 'holder' | 'queue' | 'voice'>;

const FREE: FloorNow = { queue: [], voice: 'guide' };

export interface DeskFloorParts {
  readonly socket: EventSource<GuideEvent> & { readonly send: (message: GuideMessage) => boolean };
  /** Somebody would like to be heard who did not before. */
  readonly onNew: () => void;
}

/** Who is heard instead of the guide, or by the guide, and who would like to be. */
export class DeskFloor {
  now: FloorNow = FREE;
  private readonly host: ReactiveControllerHost;
  private readonly parts: DeskFloorParts;

  constructor(host: ReactiveControllerHost, parts: DeskFloorParts) {
    this.host = host;
    this.parts = parts;
    parts.socket.on('floor', (event) => {
      const { type: _, ...now } = event;
      const known = new Set(this.now.queue.map(({ attendee }) => attendee));
      this.show(now);
      if (now.queue.some(({ attendee }) => !known.has(attendee))) parts.onNew();
    });
  }

  forget(): void {
    this.show(FREE);
  }

  /** To all: who waits, or who speaks to the guide alone. */
  grant(attendee: string): void {
    this.parts.socket.send({ type: 'floor', act: 'grant', attendee });
  }

  refuse(attendee: string): void {
    this.parts.socket.send({ type: 'floor', act: 'refuse', attendee });
  }

  takeBack(): void {
    this.parts.socket.send({ type: 'floor', act: 'take-back' });
  }

  private show(now: FloorNow): void {
    this.now = now;
    this.host.requestUpdate();
  }
}
