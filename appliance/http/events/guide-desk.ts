import type { BoxUse } from '../../protocol/box-state.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { TourPace } from '../../pace/tour-pace.ts';
import { guideMessage } from '../../protocol/events.ts';
import type { GuideEvent } from '../../protocol/guide-events.ts';
import type { TourDeskView } from '../../protocol/views.ts';
import type { TourQuality } from '../../quality/tour-quality.ts';
import type { Tour } from '../../tour/tour.ts';
import type { TourEvent } from '../../tour/tour-event.ts';
import { toProblem } from '../failures.ts';
import type { BoxNews } from './box-news.ts';
import type { PageConnection } from './page-connection.ts';
import { type DeskSide, together } from './side.ts';
import { EventsSocket } from './socket.ts';

/** A desk that can be hung up on. */
interface GuideSocket {
  dismiss(code: number, problem: Problem): void;
}

/** A guide acts on what the desk shows: a desk that is out of contact is gone within 3 s. */
const LOOK_MS = 1_000;

/** What a guide's desk is told: everything about their tour. */
export function openGuideSocket({
  page,
  tour,
  view,
  box,
  sides,
  pace,
  quality,
}: {
  page: PageConnection;
  tour: Tour;
  view: () => TourDeskView;
  box: BoxNews;
  sides: readonly DeskSide[];
  pace: TourPace | undefined;
  quality: TourQuality | undefined;
}): GuideSocket {
  const events = new EventsSocket({
    page,
    lookMs: LOOK_MS,
    messages: guideMessage,
    onMessage: (message) => {
      if (message.type === 'mute') {
        tour.mute(message.muted);
        return;
      }
      try {
        conversation.take(message);
      } catch (error) {
        events.fail(toProblem(error));
      }
    },
    onClose: () => {
      conversation.close();
      for (const undo of undos) undo();
    },
  });
  const send = (event: GuideEvent, name?: string): void => events.send(event, name);

  const conversation = together(sides, { tour, send });

  const tell = (event: TourEvent): void => {
    switch (event.type) {
      case 'caption':
        send({ type: 'caption', ...event.line }, `caption ${event.line.language} ${event.line.id}`);
        break;
      case 'channel': {
        const { problem, ...channel } = event.channel;
        send(
          { type: 'channel', ...channel, ...(problem && { problem: { ...problem } }) },
          `channel ${channel.language}`,
        );
        break;
      }
      case 'microphone':
        send({ type: 'microphone', ...event.microphone }, 'microphone');
        break;
      case 'level':
        send({ type: 'level', rmsDb: event.rmsDb, peakDb: event.peakDb, heard: event.heard }, 'level');
        break;
      case 'tour-changed':
        if (event.changes.languages) snapshot();
        else send({ type: 'tour-changed', changes: event.changes });
        break;
      case 'stopped':
        events.close();
        break;
      case 'attendees':
        send(event);
        break;
      case 'moved':
      case 'removed':
        break;
    }
  };

  const snapshot = (): void => {
    send({ type: 'tour', snapshot: true, tour: view(), captions: [...tour.captions.all()] });
    const count = pace?.tooFastCount ?? 0;
    if (count > 0) send({ type: 'too-fast', count }, 'too-fast');
    if (quality) send({ type: 'quality', ...quality.now }, 'quality');
    conversation.show();
  };

  const tellOfBox = (use: BoxUse): void => send({ type: 'box', ...use }, 'box');

  const undos = [tour.watch(), tour.subscribe(tell), box.subscribe(tellOfBox)];
  if (pace) undos.push(pace.subscribe((event) => send(event, event.type)));
  if (quality) undos.push(quality.subscribe((now) => send({ type: 'quality', ...now }, 'quality')));
  events.start();
  snapshot();
  tellOfBox(box.now());
  return { dismiss: (code, problem) => events.dismiss(code, problem) };
}
