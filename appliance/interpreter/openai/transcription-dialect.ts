import type {
  InputAudioBufferClearEvent,
  InputAudioBufferCommitEvent,
  RealtimeTranscriptionSessionAudioInput,
  RealtimeTranscriptionSessionCreateRequest,
} from 'openai/resources/realtime/realtime';
import * as z from 'zod/mini';
import { FLOOR_RATE } from '../../floor/floor-frame.ts';
import type { Dialect, ReadEvent, SessionSettings } from './dialect.ts';
import { HeardItems } from './heard-items.ts';
import { readEvents, serverError } from '../../openai/server-event.ts';

const MODEL = 'gpt-live-transcribe';
/** A tour's glossary may be longer; what a server takes is not published. */
const MOST_KEYWORDS = 100;

const session = z.object({ session: z.object({ expires_at: z.optional(z.nullable(z.number())) }) });
const committed = z.object({ item_id: z.string() });
const delta = z.object({ item_id: z.string(), delta: z.optional(z.string()) });
const end = z.object({ item_id: z.string(), transcript: z.nullish(z.string()) });

/**
 * The transcription session: speech in, the same words out, in text. It finds no pauses by itself; the client commits
 * what belongs together. developers.openai.com/api/docs/guides/realtime-transcription, read in November 2026.
 */
export const transcriptionDialect: Dialect = {
  name: 'transcription',
  languages: [],
  // All that is paid is what captions the guide's own words.
  byMinute: false,
  captionModel: MODEL,
  appendType: 'input_audio_buffer.append',
  closing: undefined,
  boundaries: {
    commit: JSON.stringify({ type: 'input_audio_buffer.commit' } satisfies InputAudioBufferCommitEvent),
    clear: JSON.stringify({ type: 'input_audio_buffer.clear' } satisfies InputAudioBufferClearEvent),
  },

  /** With a model in it, the address would be a conversation's. */
  address(base: string): URL {
    const url = new URL(base.replace(/^http/i, 'ws'));
    url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/translations$/, '');
    url.searchParams.delete('model');
    url.searchParams.set('intent', 'transcription');
    return url;
  },

  update({ language, keywords = [] }: SessionSettings): string {
    const input: RealtimeTranscriptionSessionAudioInput = {
      format: { type: 'audio/pcm', rate: FLOOR_RATE },
      noise_reduction: { type: 'near_field' },
      transcription: {
        model: MODEL,
        // A code that the server does not know makes it refuse everything: it knows those of ISO 639-1.
        ...(/^[a-z]{2}$/.test(language) && { languages: [language] }),
        ...(keywords.length > 0 && { keywords: keywordsOf(keywords) }),
      },
      turn_detection: null,
    };
    const wanted: RealtimeTranscriptionSessionCreateRequest = { type: 'transcription', audio: { input } };
    return JSON.stringify({ type: 'session.update', session: wanted });
  },

  reader(): ReadEvent {
    const items = new HeardItems();
    return readEvents(({ type, event }) => {
      switch (type) {
        case 'session.created':
          return { kind: 'created', expiresAt: session.parse(event).session.expires_at ?? undefined };
        case 'session.updated':
          return { kind: 'updated' };
        case 'input_audio_buffer.committed':
          items.begin(committed.parse(event).item_id);
          return undefined;
        case 'conversation.item.input_audio_transcription.delta': {
          const piece = delta.parse(event);
          return several(items.add(piece.item_id, piece.delta ?? ''));
        }
        case 'conversation.item.input_audio_transcription.completed':
        case 'conversation.item.input_audio_transcription.failed': {
          const { item_id: item, transcript } = end.parse(event);
          return several(items.finish(item, transcript));
        }
        case 'error':
          return { kind: 'error', error: serverError.parse(event).error };
        default:
          return undefined;
      }
    });
  },
};

const several = (events: ReturnType<HeardItems['add']>) => ({ kind: 'several', events }) as const;

/** `<`, `>` and line ends would make the server refuse the whole update. */
function keywordsOf(terms: readonly string[]): string[] {
  const clean = terms.map((term) =>
    term
      .replace(/[<>\r\n]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return [...new Set(clean.filter((term) => term !== ''))].slice(0, MOST_KEYWORDS);
}
