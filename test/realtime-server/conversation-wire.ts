import { invalid, objectAt, readAudio, unknownEvent, type Wire } from './wire.ts';

const CLIENT_EVENTS = [
  'session.update',
  'input_audio_buffer.append',
  'input_audio_buffer.commit',
  'input_audio_buffer.clear',
  'response.create',
  'response.cancel',
];
/** The stand-in finds the language in the instructions by its English name. */
const NAMES: Record<string, string> = {
  Spanish: 'es', Portuguese: 'pt', French: 'fr', Japanese: 'ja', Russian: 'ru', Chinese: 'zh', German: 'de',
  Korean: 'ko', Hindi: 'hi', Indonesian: 'id', Vietnamese: 'vi', Italian: 'it', English: 'en', Dutch: 'nl', Arabic: 'ar', Polish: 'pl', Turkish: 'tr',
}; // prettier-ignore

/** What each answer is said to have cost: a second turn of about 10 s heard and 8 s said. */
export const answeredUsage = {
  total_tokens: 660,
  input_tokens: 480,
  output_tokens: 180,
  input_token_details: {
    text_tokens: 180,
    audio_tokens: 300,
    cached_tokens: 256,
    cached_tokens_details: { text_tokens: 128, audio_tokens: 128 },
  },
  output_token_details: { text_tokens: 20, audio_tokens: 160 },
};

export const conversationWire: Wire = {
  name: 'conversation',

  session({ id, model, expiresAt, captions }) {
    return {
      id,
      object: 'realtime.session',
      type: 'realtime',
      model,
      expires_at: expiresAt,
      output_modalities: ['audio'],
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 24_000 },
          transcription: captions ? { model: 'gpt-realtime-whisper' } : null,
          noise_reduction: null,
          turn_detection: {
            type: 'server_vad',
            threshold: 0.5,
            prefix_padding_ms: 300,
            silence_duration_ms: 500,
          },
        },
        output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'marin', speed: 1 },
      },
    };
  },

  read(event) {
    switch (event['type']) {
      case 'session.update': {
        const session = objectAt(event, 'session');
        if (session?.['type'] !== 'realtime') {
          const param = 'session.type';
          return invalid({
            code: 'missing_required_parameter',
            message: `Missing required parameter: '${param}'.`,
            param,
          });
        }
        const transcription = objectAt(session, 'audio', 'input')?.['transcription'];
        return {
          kind: 'update',
          language: languageOf(session['instructions']),
          captions: transcription === undefined ? undefined : transcription !== null,
        };
      }
      case 'input_audio_buffer.append':
        return readAudio(event['audio']);
      case 'input_audio_buffer.commit':
      case 'input_audio_buffer.clear':
        return { kind: 'ignore' };
      case 'response.create':
      case 'response.cancel':
        return { kind: 'response' };
      default:
        return unknownEvent(event['type'], CLIENT_EVENTS);
    }
  },

  speech(delta, { number }) {
    return { type: 'response.output_audio.delta', ...partOf(number), delta };
  },

  words(delta, { number }) {
    return { type: 'response.output_audio_transcript.delta', ...partOf(number), delta };
  },

  sourceWords(delta, { number }) {
    return { type: 'conversation.item.input_audio_transcription.delta', ...heardPartOf(number), delta };
  },

  answered({ number, text, source }) {
    const understood = {
      type: 'conversation.item.input_audio_transcription.completed',
      ...heardPartOf(number),
      transcript: source,
      usage: { type: 'duration', seconds: 3 },
    };
    return [
      ...(source === undefined ? [] : [understood]),
      { type: 'response.output_audio.done', ...partOf(number) },
      { type: 'response.output_audio_transcript.done', ...partOf(number), transcript: text },
      { type: 'response.done', response: responseOf(number, { status: 'completed', status_details: null }) },
    ];
  },

  brokenOff({ number, how }) {
    const { status, ...details } = how;
    const status_details = { type: status, ...details };
    return [{ type: 'response.done', response: responseOf(number, { status, status_details }) }];
  },
};

function partOf(number: number) {
  return { response_id: `resp_${number}`, item_id: `item_said_${number}`, output_index: 0, content_index: 0 };
}

function heardPartOf(number: number) {
  return { item_id: `item_heard_${number}`, content_index: 0 };
}

function responseOf(number: number, end: Record<string, unknown>) {
  return { object: 'realtime.response', id: `resp_${number}`, ...end, usage: answeredUsage };
}

export function languageOf(instructions: unknown): string | undefined {
  if (typeof instructions !== 'string') return undefined;
  return Object.entries(NAMES).find(([name]) => instructions.includes(name))?.[1];
}
