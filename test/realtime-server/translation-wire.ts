import { OUTPUT_LANGUAGES } from './sentences.ts';
import { invalid, objectAt, readAudio, unknownEvent, type ClientAction, type Wire } from './wire.ts';

const CLIENT_EVENTS = ['session.update', 'session.input_audio_buffer.append', 'session.close'];
const NOISE_REDUCTIONS: unknown[] = [undefined, 'near_field', 'far_field'];

export const translationWire: Wire = {
  name: 'translation',

  session({ id, model, expiresAt, language, captions }) {
    return {
      id,
      type: 'translation',
      model,
      expires_at: expiresAt,
      audio: {
        input: { transcription: captions ? { model: 'gpt-realtime-whisper' } : null, noise_reduction: null },
        output: { language },
      },
    };
  },

  read(event) {
    switch (event['type']) {
      case 'session.update':
        return readUpdate(event);
      case 'session.input_audio_buffer.append':
        return readAudio(event['audio']);
      case 'session.close':
        return { kind: 'close' };
      default:
        return unknownEvent(event['type'], CLIENT_EVENTS);
    }
  },

  speech(base64, { elapsedMs }) {
    return {
      type: 'session.output_audio.delta',
      delta: base64,
      sample_rate: 24_000,
      channels: 1,
      format: 'pcm16',
      elapsed_ms: elapsedMs,
    };
  },

  words(delta, { elapsedMs }) {
    return { type: 'session.output_transcript.delta', delta, elapsed_ms: elapsedMs };
  },

  sourceWords(delta, { elapsedMs }) {
    return { type: 'session.input_transcript.delta', delta, elapsed_ms: elapsedMs };
  },

  answered() {
    return [];
  },

  brokenOff() {
    return [];
  },
};

function readUpdate(event: Record<string, unknown>): ClientAction {
  const input = objectAt(event, 'session', 'audio', 'input');
  const output = objectAt(event, 'session', 'audio', 'output');
  if (!objectAt(event, 'session')) {
    return invalid({
      code: 'missing_required_parameter',
      message: "Missing required parameter: 'session'.",
      param: 'session',
    });
  }
  for (const name of Object.keys(input ?? {})) {
    if (name === 'transcription' || name === 'noise_reduction') continue;
    const param = `session.audio.input.${name}`;
    return invalid({ code: 'unknown_parameter', message: `Unknown parameter: '${param}'.`, param });
  }
  if (!NOISE_REDUCTIONS.includes(objectAt(input, 'noise_reduction')?.['type'])) {
    const param = 'session.audio.input.noise_reduction.type';
    return invalid({
      code: 'invalid_value',
      message: "Supported values are: 'near_field', 'far_field'.",
      param,
    });
  }
  const language = output?.['language'];
  if (language !== undefined && (typeof language !== 'string' || !OUTPUT_LANGUAGES.includes(language))) {
    const list = OUTPUT_LANGUAGES.map((name) => `'${name}'`).join(', ');
    return invalid({
      code: 'invalid_value',
      message: `Invalid value: '${JSON.stringify(language)}'. Supported values are: ${list}.`,
      param: 'session.audio.output.language',
    });
  }
  const transcription = input?.['transcription'];
  return {
    kind: 'update',
    language,
    captions: transcription === undefined ? undefined : transcription !== null,
  };
}
