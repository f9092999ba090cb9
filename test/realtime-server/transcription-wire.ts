import { invalid, objectAt, readAudio, unknownEvent, type ClientAction, type Wire } from './wire.ts';

const CLIENT_EVENTS = [
  'session.update',
  'input_audio_buffer.append',
  'input_audio_buffer.commit',
  'input_audio_buffer.clear',
];
const MODELS: unknown[] = ['gpt-live-transcribe', 'gpt-realtime-whisper', 'gpt-transcribe'];
/** ISO 639-1, and the three Chinese ones that are allowed besides. */
const LANGUAGE = /^(?:[a-z]{2}|zh-(?:cn|tw|hk))$/;

const MUTE = (): never => {
  throw new Error('A transcription session says nothing.');
};

/** What is said in a transcription session, but for the transcripts: those are {@link Transcribing}'s. */
export const transcriptionWire: Wire = {
  name: 'transcription',

  session({ id, expiresAt, update }) {
    return {
      id,
      object: 'realtime.transcription_session',
      type: 'transcription',
      expires_at: expiresAt,
      audio: objectAt(update, 'audio') ?? { input: { format: { type: 'audio/pcm', rate: 24_000 } } },
    };
  },

  read(event) {
    switch (event['type']) {
      case 'session.update':
        return readUpdate(event);
      case 'input_audio_buffer.append':
        return readAudio(event['audio']);
      case 'input_audio_buffer.commit':
        return { kind: 'commit' };
      case 'input_audio_buffer.clear':
        return { kind: 'clear' };
      default:
        return unknownEvent(event['type'], CLIENT_EVENTS);
    }
  },

  speech: MUTE,
  words: MUTE,
  sourceWords: MUTE,
  answered: MUTE,
  brokenOff: MUTE,
};

const wrong = (param: string, message: string): ClientAction =>
  invalid({ code: 'invalid_value', message, param: `session.${param}` });

function readUpdate(event: Record<string, unknown>): ClientAction {
  const session = objectAt(event, 'session');
  if (session?.['type'] !== 'transcription')
    return wrong('type', "Passing a transcription session update event needs type 'transcription'.");
  const input = objectAt(session, 'audio', 'input');
  const format = objectAt(input, 'format');
  if (format && (format['type'] !== 'audio/pcm' || format['rate'] !== 24_000))
    return wrong('audio.input.format', 'Only 24 kHz audio/pcm is supported.');
  if (input?.['turn_detection'])
    return wrong('audio.input.turn_detection', 'Turn detection is not supported for this model.');
  const transcription = objectAt(input, 'transcription');
  if (!MODELS.includes(transcription?.['model']))
    return wrong('audio.input.transcription.model', `Supported values are: ${MODELS.join(', ')}.`);
  const { languages = [], keywords = [] } = transcription ?? {};
  if (!Array.isArray(languages) || !languages.every((each) => LANGUAGE.test(String(each))))
    return wrong('audio.input.transcription.languages', 'Unknown language code.');
  if (!Array.isArray(keywords) || keywords.some((each) => /[<>\r\n]/.test(String(each))))
    return wrong('audio.input.transcription.keywords', 'Keywords must not contain <, > or line breaks.');
  return { kind: 'update', language: undefined, captions: true };
}
