import type {
  RealtimeTranslationSessionCloseEvent,
  RealtimeTranslationSessionUpdateEvent,
} from 'openai/resources/realtime/realtime';
import * as z from 'zod/mini';
import type { Dialect, ReadEvent, SessionSettings } from './dialect.ts';
import { sessionAddress } from '../../openai/session-address.ts';
import { ModelSpeech } from '../../openai/model-speech.ts';
import { readEvents, serverError } from '../../openai/server-event.ts';

const MODEL = 'gpt-realtime-translate';
const SOURCE_CAPTION_MODEL = 'gpt-realtime-whisper';
const LANGUAGES = ['es', 'pt', 'fr', 'ja', 'ru', 'zh', 'de', 'ko', 'hi', 'id', 'vi', 'it', 'en'] as const;

const session = z.object({ session: z.object({ expires_at: z.optional(z.nullable(z.number())) }) });
const text = z.object({ delta: z.string() });
const audio = z.object({
  delta: z.string(),
  sample_rate: z.optional(z.number().check(z.gte(8_000), z.lte(192_000))),
  channels: z.optional(z.int().check(z.gte(1), z.lte(8))),
});

/**
 * The translation session: continuous speech in, continuous speech out, no turns. Seven server events; output and
 * transcripts are append-only deltas.
 */
export const translationDialect: Dialect = {
  name: 'translation',
  languages: LANGUAGES,
  byMinute: true,
  captionModel: SOURCE_CAPTION_MODEL,
  appendType: 'session.input_audio_buffer.append',
  closing: JSON.stringify({ type: 'session.close' } satisfies RealtimeTranslationSessionCloseEvent),

  address(base: string): URL {
    return sessionAddress({ base, path: '/translations', model: MODEL });
  },

  update({ language, captionSource }: SessionSettings): string {
    const event: RealtimeTranslationSessionUpdateEvent = {
      type: 'session.update',
      session: {
        audio: {
          // `language` would be rejected here: the model finds the spoken language by itself.
          input: {
            transcription: captionSource ? { model: SOURCE_CAPTION_MODEL } : null,
            noise_reduction: { type: 'near_field' },
          },
          output: { language },
        },
      },
    };
    return JSON.stringify(event);
  },

  reader(): ReadEvent {
    const speech = new ModelSpeech();
    return readEvents(({ type, event }) => {
      switch (type) {
        case 'session.created':
          return { kind: 'created', expiresAt: session.parse(event).session.expires_at ?? undefined };
        case 'session.updated':
          return { kind: 'updated' };
        case 'session.closed':
          return { kind: 'closed' };
        case 'session.output_audio.delta': {
          const { delta, sample_rate: rate, channels } = audio.parse(event);
          return { kind: 'speech', samples: speech.decode({ base64: delta, rate, channels }) };
        }
        case 'session.output_transcript.delta':
          return { kind: 'words', delta: text.parse(event).delta };
        case 'session.input_transcript.delta':
          return { kind: 'source-words', delta: text.parse(event).delta };
        case 'error':
          return { kind: 'error', error: serverError.parse(event).error };
        default:
          return undefined;
      }
    });
  },
};
