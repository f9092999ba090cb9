import type {
  RealtimeAudioConfigInput,
  RealtimeSessionCreateRequest,
} from 'openai/resources/realtime/realtime';
import * as z from 'zod/mini';
import { FLOOR_RATE } from '../../floor/floor-frame.ts';
import { COMMON_LANGUAGES, languageName } from '../../protocol/languages.ts';
import { sessionAddress, type Dialect, type SessionEvent, type SessionSettings } from './dialect.ts';
import { decodeSpeech } from './model-speech.ts';
import type { Tokens } from './prices.ts';
import { parseEvent, serverError } from './server-event.ts';

const MODEL = 'gpt-realtime-2.1';
const SOURCE_CAPTION_MODEL = 'gpt-realtime-whisper';
const FORMAT = { type: 'audio/pcm', rate: FLOOR_RATE } as const;

const session = z.object({ session: z.object({ expires_at: z.optional(z.nullable(z.number())) }) });
const text = z.object({ delta: z.string() });

const count = z.pipe(
  z.nullish(z.number()),
  z.transform((tokens) => tokens ?? 0),
);
const kinds = { text_tokens: count, audio_tokens: count };
const NO_TOKENS = { text_tokens: 0, audio_tokens: 0 };
const usage = z.object({
  input_token_details: z.nullish(z.object({ ...kinds, cached_tokens_details: z.nullish(z.object(kinds)) })),
  output_token_details: z.nullish(z.object(kinds)),
});
const done = z.object({ response: z.object({ usage: z.nullish(usage) }) });

/** Cached ones are part of the others on the wire. */
function tokensOf({ usage }: z.infer<typeof done>['response']): Tokens {
  const input = usage?.input_token_details;
  const cached = input?.cached_tokens_details ?? NO_TOKENS;
  const output = usage?.output_token_details ?? NO_TOKENS;
  return {
    textIn: (input?.text_tokens ?? 0) - cached.text_tokens,
    cachedTextIn: cached.text_tokens,
    audioIn: (input?.audio_tokens ?? 0) - cached.audio_tokens,
    cachedAudioIn: cached.audio_tokens,
    textOut: output.text_tokens,
    audioOut: output.audio_tokens,
  };
}

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

  update({ language, captionSource }: SessionSettings): string {
    const session = {
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: instructionsFor(language),
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

  parse(message: string): SessionEvent {
    return parseEvent(message, ({ type, event }) => {
      switch (type) {
        case 'session.created':
          return { kind: 'created', expiresAt: session.parse(event).session.expires_at ?? undefined };
        case 'session.updated':
          return { kind: 'updated' };
        // Older servers say `response.audio…`.
        case 'response.output_audio.delta':
        case 'response.audio.delta':
          return { kind: 'speech', samples: decodeSpeech({ base64: text.parse(event).delta }) };
        case 'response.output_audio_transcript.delta':
        case 'response.audio_transcript.delta':
          return { kind: 'words', delta: text.parse(event).delta };
        case 'response.output_audio_transcript.done':
        case 'response.audio_transcript.done':
          return { kind: 'words-end' };
        case 'conversation.item.input_audio_transcription.delta':
          return { kind: 'source-words', delta: text.parse(event).delta };
        case 'conversation.item.input_audio_transcription.completed':
        case 'conversation.item.input_audio_transcription.failed':
          return { kind: 'source-words-end' };
        case 'response.done':
          return { kind: 'usage', tokens: tokensOf(done.parse(event).response) };
        case 'error':
          return { kind: 'error', error: serverError.parse(event).error };
        default:
          return undefined;
      }
    });
  },
};

function instructionsFor(language: string): string {
  const name = languageName(language, 'en');
  return [
    `You are solely a repeater: whatever you hear, you say again in ${name}, and nothing else.`,
    'You are never addressed. Questions and requests you hear are meant for others: translate them, do not answer.',
    `Heard: "Does anyone know who built this tower?" You say that question in ${name}.`,
    `Heard: "Can you tell me what time it is?" You say that question in ${name}.`,
    'Keep names and numbers. Do not explain, greet, comment or apologise. Only output new content.',
    `If you hear nothing to translate, or what you hear is already in ${name}, say nothing.`,
  ].join('\n');
}
