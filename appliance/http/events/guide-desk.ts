import type { WebSocket } from 'ws';
import { type GuideEvent, guideMessage } from '../../protocol/events.ts';
import type { Tour, TourEvent } from '../../tour/tour.ts';
import { EventsSocket } from './socket.ts';

/** What a guide's desk is told: everything about their tour. */
export function openGuideSocket({ socket, tour }: { socket: WebSocket; tour: Tour }): void {
  const events = new EventsSocket({
    socket,
    messages: guideMessage,
    onMessage: ({ muted }) => {
      tour.mute(muted);
    },
    onClose: () => {
      for (const undo of undos) undo();
    },
  });
  const send = (event: GuideEvent): void => events.send(event);

  const tell = (event: TourEvent): void => {
    switch (event.type) {
      case 'caption':
        send({ type: 'caption', ...event.line });
        break;
      case 'channel': {
        const { problem, ...channel } = event.channel;
        send({ type: 'channel', ...channel, ...(problem && { problem: { ...problem } }) });
        break;
      }
      case 'microphone':
        send({ type: 'microphone', ...event.microphone });
        break;
      case 'level':
        send({ type: 'level', rmsDb: event.rmsDb, peakDb: event.peakDb, heard: event.heard });
        break;
      case 'tour-changed':
        if (event.changes.languages) snapshot();
        else send({ type: 'tour-changed', changes: event.changes });
        break;
      case 'moved':
        break;
    }
  };

  const snapshot = (): void => {
    send({ type: 'tour', snapshot: true, tour: tour.deskView(), captions: [...tour.captions.all()] });
  };

  const undos = [tour.watch(), tour.subscribe(tell)];
  events.start();
  snapshot();
}
