import { InterpretedChannel } from '../channel/interpreted-channel.ts';
import { Floor } from '../floor/floor.ts';
import { gauge } from '../health/metrics.ts';
import { whepDeskRoutes } from '../http/routes/whep-desk.ts';
import type { Log } from '../log.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Settings } from '../settings.ts';
import { DeskListeners } from '../talkback/desk-listeners.ts';
import { Talkbacks, type VoiceParts } from '../talkback/talkbacks.ts';
import type { AccountsPart } from './accounts.ts';
import type { IceServersPart } from './ice.ts';
import type { InterpreterPart, MicrophonesPart, ShardsPart } from './media.ts';
import type { Part } from './part.ts';
import type { QuestionsPart } from './questions.ts';
import type { TalkPart } from './talk.ts';
import type { ToursPart } from './tours.ts';

export interface DeskChannelPart extends Part {
  readonly talkbacks: Talkbacks;
  readonly desks: DeskListeners;
  /** What any voice that is not the tour's is interpreted with. */
  readonly voiceParts: VoiceParts;
}

export interface WhatTheDeskHearsWith {
  readonly settings: Settings;
  readonly log: Log;
  readonly accounts: AccountsPart;
  readonly shards: ShardsPart;
  readonly ice: IceServersPart;
  readonly microphones: MicrophonesPart;
  readonly interpreter: InterpreterPart;
  readonly tours: ToursPart;
}

/** What visitors say to the guide, in the guide's language, for the guide's earphone. */
export function deskChannelPart({
  settings,
  log,
  accounts: { access },
  shards: { shards },
  ice,
  microphones: { floors },
  interpreter: { engines },
  tours: { tours },
  talk: { talks },
  questions: { questions },
}: WhatTheDeskHearsWith & {
  readonly talk: TalkPart;
  readonly questions: QuestionsPart;
}): DeskChannelPart {
  const onSinkError = (error: unknown): void =>
    log.error({ err: error }, 'a visitor’s voice was not taken where it was to be heard');
  const voiceParts: VoiceParts = {
    createPath: (language) => {
      // Ungated: it is open only while somebody means to be heard.
      const floor = new Floor({ gated: false, onListenerError: onSinkError });
      const channel = new InterpretedChannel({
        language,
        floor,
        underlay: () => 'quiet',
        frameMs: settings.translatedFrameMs,
        onState: () => undefined,
        onSinkError,
      });
      return { floor, channel };
    },
    interpreting: ({ spend }) => (spend.state === 'reached' ? engines.unpaid : engines.chosen),
    transcribing: ({ spend }) => engines.transcribing({ unpaid: spend.state === 'reached' }),
  };
  const desks = new DeskListeners({ openPeer: (connection) => shards.open(connection) });
  const talkbacks = new Talkbacks({ ...voiceParts, desks, floors });
  talks.accompany((talk) => talkbacks.follow(talk));
  talks.accompany((talk) =>
    talk.subscribeState(({ holder }) =>
      questions.of(talk.tour.record.id)?.speaks(holder?.to === 'all' ? holder.attendee : undefined),
    ),
  );
  talkbacks.subscribe(({ record: { id, floorLanguage } }, { attendee, language, original, text, to }) => {
    const written = original ?? text;
    if (written === undefined) return;
    // Of some only the translation was written down.
    const inWhich = original === undefined ? floorLanguage : language;
    try {
      questions.of(id)?.hear({ attendee, language: inWhich, original: written, text, toAll: to === 'all' });
    } catch (error) {
      // The guide has heard it; why it is not on the list is told to nobody.
      if (!(error instanceof UbizoError)) throw error;
    }
  });
  return {
    name: 'desk channel',
    talkbacks,
    desks,
    voiceParts,
    stop: () => talkbacks.stop(),
    routes: whepDeskRoutes({ tours, desks, access, offerIceServers: ice.offer }),
    metrics: (registry) => {
      gauge(registry, 'ubizo_desk_listeners', 'Guides’ earphones that are connected', () => desks.size);
      gauge(
        registry,
        'ubizo_talkback_sessions',
        'Tours whose visitors’ questions are being interpreted or written down',
        () => talkbacks.open,
      );
    },
  };
}
