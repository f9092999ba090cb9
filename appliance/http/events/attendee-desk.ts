import type { AttendeePass } from '../../account/tokens.ts';
import type { Listener } from '../../listener/listener.ts';
import type { Listeners } from '../../listener/listeners.ts';
import type { TourPace } from '../../pace/tour-pace.ts';
import { type AttendeeEvent, type AttendeeMessage, attendeeMessage } from '../../protocol/events.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { QualityClass, StatsReport } from '../../protocol/quality.ts';
import type { CaptionLine, ChannelView, MicrophoneView } from '../../protocol/views.ts';
import type { TourQuality } from '../../quality/tour-quality.ts';
import type { Streams } from '../../stream/streams.ts';
import { type Attendee, REMOVED } from '../../tour/attendance.ts';
import type { Tour } from '../../tour/tour.ts';
import type { TourEvent } from '../../tour/tour-event.ts';
import { isThere } from '../../tour/tour-views.ts';
import { toProblem } from '../failures.ts';
import { AttendeeCaptions } from './attendee-captions.ts';
import { CLOSE } from './close-codes.ts';
import type { PageConnection } from './page-connection.ts';
import { type AttendeeSide, together } from './side.ts';
import { EventsSocket } from './socket.ts';

/** What is told to everyone alike is written once. */
const written = new WeakMap<object, string>();

function textOf(told: object, event: () => AttendeeEvent): string {
  const text = written.get(told) ?? JSON.stringify(event());
  written.set(told, text);
  return text;
}

const TAKEN_OFF: Problem = {
  code: 'language_not_offered',
  message:
    'Your guide has taken your language off this tour. You hear the guide now; you can choose another.',
};

/** Nobody is misled by a visitor who is gone for up to 15 s, and a thousand who are asked every second cost airtime. */
const LOOK_MS = 5_000;

const NOT_MEASURED = { quality: 'unknown', loss: 0, jitterMs: 0 } as const;

/** What an attendee's page is told: their language's captions, what the tour and the channels do, their connection. */
export function openAttendeeSocket({
  page,
  who,
  language = who.language,
  listening,
  tour,
  listeners,
  streams,
  sides,
  pace,
  quality,
}: {
  page: PageConnection;
  who: AttendeePass;
  /** What the page shows; it may have changed since the pass was given. */
  language?: string | undefined;
  /** False: the visitor has not tapped yet, or has stopped. Nothing is opened, and paid, for them. */
  listening: boolean;
  tour: Tour;
  listeners: Listeners;
  streams: Streams;
  sides: readonly AttendeeSide[];
  pace: TourPace | undefined;
  quality: TourQuality | undefined;
}): void {
  const shown = new Map<string, string>();

  let stopReading: (() => void) | undefined;

  const events = new EventsSocket({
    page,
    lookMs: LOOK_MS,
    messages: attendeeMessage,
    onMessage: (message) => {
      if (message.type === 'language') choose(message.language);
      else if (message.type === 'reading') read(message.language);
      else if (message.type === 'too-fast') tooFast();
      else if (message.type === 'stats') judge(message);
      else if (message.type === 'recovery') listeners.recoveries.add(who.id, message);
      else if (message.type === 'first-sound') firstSound(message.ms);
      else if (message.type === 'listen') listen();
      else converse(message);
    },
    pong: () => ({ soundingMs: soundingMs() }),
    onClose: () => {
      stopReading?.();
      for (const undo of undos) undo();
    },
  });
  const send = (event: AttendeeEvent, name?: string): void => events.send(event, name);
  const undos: (() => void)[] = [];
  events.start();
  let attendee: Attendee;
  try {
    attendee = tour.admit({ id: who.id, language, name: who.name });
  } catch (error) {
    events.dismiss(CLOSE.removed, toProblem(error));
    return;
  }

  const conversation = together(sides, {
    tour,
    attendee: attendee.id,
    language: () => attendee.language,
    send,
    post: (text, name) => events.post(text, name),
  });
  const captions = new AttendeeCaptions({ tour, language: () => attendee.language });
  undos.push(() => conversation.close());
  let heard = attendee.language;
  let waiting = true;
  /** As the page was last told. */
  let hasMicrophone: boolean | undefined;
  let mark: QualityClass | undefined;

  /** Nothing is sent to who waits, and nothing is missed. */
  const soundingMs = (): number => (waiting ? 0 : Math.round(listeners.of(attendee.id)?.soundingMs ?? 0));

  const snapshot = (): void => {
    events.post(() => {
      const { language } = attendee;
      const view = tour.view();
      hasMicrophone = view.microphoneThere;
      const event: AttendeeEvent = {
        type: 'tour',
        snapshot: true,
        tour: view,
        language,
        captions: captions.recent(),
        ...(waiting && { listening: false }),
      };
      return JSON.stringify(event);
    }, 'tour');
    conversation.show();
  };

  const converse = (message: AttendeeMessage): void => {
    try {
      conversation.take(message);
    } catch (error) {
      events.fail(toProblem(error));
    }
  };

  const choose = (language: string): void => {
    try {
      const channel = tour.channel(language);
      tour.attendance.choose(attendee.id, channel.language);
      heard = channel.language;
      listeners.of(attendee.id)?.tune(channel);
      streams.of(attendee.id)?.tune(channel);
      snapshot();
    } catch (error) {
      events.fail(toProblem(error));
    }
  };

  const come = (): void => {
    if (!waiting) return;
    // Of many who only wait, the tour forgets some.
    attendee = tour.admit(attendee);
    waiting = false;
    stopReading = tour.attendance.reads(attendee.id);
  };

  const listen = (): void => {
    try {
      if (waiting) {
        come();
        snapshot();
      }
      const listener = listeners.of(attendee.id);
      if (listener) listeners.begin(listener, tour.channel(attendee.language));
    } catch (error) {
      events.fail(toProblem(error));
    }
  };

  const read = (language: string | null): void => {
    if (language === null) {
      waiting = true;
      stopReading?.();
      return;
    }
    try {
      come();
      choose(language);
    } catch (error) {
      events.fail(toProblem(error));
    }
  };

  let told = false;

  /** A page tells it once; a thousand of them would be somebody who plays with the figures. */
  const firstSound = (ms: number): void => {
    if (told) return;
    told = true;
    listeners.firstSounds.add(ms, soundingMs());
  };

  /** Only of who hears or reads the tour. */
  const tooFast = (): void => {
    if (!waiting) pace?.tapTooFast({ attendee: attendee.id, address: page.address });
  };

  const judge = (report: StatsReport): void => {
    const judged = quality?.take(attendee.id, report);
    if (judged === undefined || judged === mark) return;
    mark = judged;
    send({ type: 'quality', class: judged }, 'quality');
  };

  const showChannel = (channel: ChannelView): void => {
    const { language, state, by, lagMs, rough, writtenBy } = channel;
    // Other languages' lag changes by the second and is nobody's business here.
    const fingerprint =
      language === attendee.language
        ? `${state} ${by} ${lagMs} ${writtenBy ?? ''}`
        : `${state} ${by} ${writtenBy ?? ''}`;
    if (shown.get(language) === fingerprint) return;
    shown.set(language, fingerprint);
    const text = textOf(channel, () => ({ type: 'channel', language, state, by, lagMs, rough, writtenBy }));
    events.post(text, `channel ${language}`);
  };

  const showMicrophone = (microphone: MicrophoneView): void => {
    const microphoneThere = isThere(microphone);
    if (microphoneThere === hasMicrophone) return;
    hasMicrophone = microphoneThere;
    send({ type: 'tour-changed', changes: { microphoneThere } });
  };

  const showCaption = (line: CaptionLine): void => {
    if (waiting || !captions.shows(line)) return;
    const text = textOf(line, () => ({ type: 'caption', ...line }));
    events.post(text, `caption ${line.id}`);
  };

  const tell = (event: TourEvent): void => {
    if (event.type === 'stopped') events.close();
    else if (event.type === 'removed') {
      if (event.attendee === attendee.id) events.dismiss(CLOSE.removed, REMOVED);
    } else if (event.type === 'caption') showCaption(event.line);
    else if (event.type === 'channel') showChannel(event.channel);
    else if (event.type === 'microphone') showMicrophone(event.microphone);
    else if (event.type === 'moved') {
      if (!event.attendees.has(attendee.id)) return;
      snapshot();
      if (attendee.language !== heard) events.fail(TAKEN_OFF);
      heard = attendee.language;
    } else if (event.type === 'tour-changed') {
      const { name, state, muted, floorLanguage, languages, asking, microphone } = event.changes;
      if (microphone) showMicrophone(microphone);
      const changes = Object.fromEntries(
        Object.entries({ name, state, muted, floorLanguage, languages, asking }).filter(
          ([, value]) => value !== undefined,
        ),
      );
      // A change of languages changes the channels too: the page is given the whole anew.
      if ('languages' in changes) snapshot();
      else if (Object.keys(changes).length > 0) send({ type: 'tour-changed', changes });
    }
  };

  const showListener = (listener: Listener): void => {
    const { state, quality } = listener;
    send(
      { type: 'listener', state, language: listener.language ?? attendee.language, ...quality },
      'listener',
    );
  };

  if (listening) come();
  undos.push(tour.subscribe(tell), listeners.subscribeTo(attendee.id, showListener));
  snapshot();
  // A phone learns late that a box is gone which was only switched off and on: it is told.
  const listener = listeners.of(attendee.id);
  if (listener) showListener(listener);
  else send({ type: 'listener', state: 'closed', language: attendee.language, ...NOT_MEASURED });
}
