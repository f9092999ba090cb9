import type {
  RealtimeAudioConfigInput,
  RealtimeSessionCreateRequest,
} from 'openai/resources/realtime/realtime';
import * as z from 'zod/mini';
import { FLOOR_RATE } from '../../floor/floor-frame.ts';
import { COMMON_LANGUAGES } from '../../protocol/languages.ts';
import { instructionsFor } from './instructions.ts';
import { ConversationAnswers } from './conversation-answer.ts';
import { DeltaText } from './delta-text.ts';
import type { Dialect, ReadEvent, SessionSettings } from './dialect.ts';
import { sessionAddress } from '../../openai/session-address.ts';
import { ModelSpeech } from '../../openai/model-speech.ts';
import { readEvents, serverError } from '../../openai/server-event.ts';

const MODEL = 'gpt-realtime-2.1';
const SOURCE_CAPTION_MODEL = 'gpt-realtime-whisper';
const FORMAT = { type: 'audio/pcm', rate: FLOOR_RATE } as const;

const session = z.object({ session: z.object({ expires_at: z.optional(z.nullable(z.number())) }) });
/** Servers that have none leave it out, or say null. */
const item = z.pipe(
  z.nullish(z.string()),
  z.transform((id) => id ?? undefined),
);
const delta = z.object({ delta: z.string(), item_id: item, response_id: item });
const end = z.object({ item_id: item, transcript: z.nullish(z.string()) });

/**
 * The conversation session, made to interpret by its instructions: for servers on the LAN, and for languages that
 * the translation session does not have. It works by turns: it speaks when the guide pauses.
 */
export const conversationDialect: Dialect = {
  name: 'conversation',
  languages: COMMON_LANGUAGES,
  byMinute: false,
  captionModel: SOURCE_CAPTION_MODEL,
  appendType: 'input_audio_buffer.append',
  closing: undefined,

  address(base: string): URL {
    return sessionAddress({ base, model: MODEL });
  },

  update({ language, captionSource, glossary }: SessionSettings): string {
    const session = {
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: instructionsFor(language, glossary),
    } satisfies RealtimeSessionCreateRequest;
    const input = {
      format: FORMAT,
      noise_reduction: { type: 'near_field' },
      // Without interrupt_response the guide's next words would cut off the answer to the last ones.
      turn_detection: { type: 'server_vad', create_response: true, interrupt_response: false },
    } satisfies RealtimeAudioConfigInput;
    // The package's type has no null here, its documentation does: "can be set to `null` to turn off once on".
    const transcription = captionSource ? { model: SOURCE_CAPTION_MODEL } : null;
    return JSON.stringify({
      type: 'session.update',
      session: { ...session, audio: { input: { ...input, transcription }, output: { format: FORMAT } } },
    });
  },

  reader(): ReadEvent {
    const speech = new ModelSpeech();
    const words = new DeltaText();
    const sourceWords = new DeltaText();
    const answers = new ConversationAnswers();
    return readEvents(({ type, event }) => {
      switch (type) {
        case 'session.created':
          return { kind: 'created', expiresAt: session.parse(event).session.expires_at ?? undefined };
        case 'session.updated':
          return { kind: 'updated' };
        // Older servers say `response.audio…`.
        case 'response.output_audio.delta':
        case 'response.audio.delta': {
          const { delta: base64, item_id: item, response_id: response } = delta.parse(event);
          const samples = speech.decode({ base64, item: item ?? response });
          if (samples.length > 0) answers.speaks(response);
          return { kind: 'speech', samples };
        }
        case 'response.output_audio_transcript.delta':
        case 'response.audio_transcript.delta': {
          const piece = delta.parse(event);
          words.add(piece.item_id, piece.delta);
          return { kind: 'words', delta: piece.delta };
        }
        case 'response.output_audio_transcript.done':
        case 'response.audio_transcript.done': {
          const { item_id: item, transcript } = end.parse(event);
          return { kind: 'words-end', rest: words.finish(item, transcript) };
        }
        case 'conversation.item.input_audio_transcription.delta': {
          const piece = delta.parse(event);
          sourceWords.add(piece.item_id, piece.delta);
          return { kind: 'source-words', delta: piece.delta };
        }
        case 'conversation.item.input_audio_transcription.completed':
        case 'conversation.item.input_audio_transcription.failed': {
          const { item_id: item, transcript } = end.parse(event);
          return { kind: 'source-words-end', rest: sourceWords.finish(item, transcript) };
        }
        case 'response.done':
          // The next answer does not go on within a sample of this one, whatever items it says it has.
          speech.end();
          return answers.ended(event);
        case 'error':
          return { kind: 'error', error: serverError.parse(event).error };
        default:
          return undefined;
      }
    });
  },
};
