import type { Log } from '../log.ts';
import { FLOOR_RATE } from '../floor/floor-frame.ts';
import { type SpeakerEngine, LONGEST_READING_S } from './engine.ts';
import { EspeakVoice } from './espeak-voice.ts';
import type { EspeakVoices } from './espeak-voices.ts';
import { joined } from '../floor/samples.ts';
import type { Reading, ReadingRequest } from './speaker.ts';

/** `[[` begins what is no text for it, but the names of sounds. */
const SOUND_NAMES = /\[(?=\[)/g;

/** Reads with `espeak-ng`: on the box, at once, for nothing, and like a machine. */
export class EspeakSpeaker implements SpeakerEngine {
  readonly name = 'espeak';
  readonly paid = false;
  readonly problem = undefined;
  private readonly program: string;
  private readonly voices: EspeakVoices;
  private readonly log: Log;
  private readonly speaking = new Set<EspeakVoice>();

  constructor({ program, voices, log }: { program: string; voices: EspeakVoices; log: Log }) {
    this.program = program;
    this.voices = voices;
    this.log = log;
  }

  async read({ text, language, signal }: ReadingRequest): Promise<Reading> {
    const name = this.voices.for(language, text);
    if (name === undefined) return { reason: 'unable' };
    if (signal?.aborted) return { reason: 'cancelled' };
    const voice = new EspeakVoice({ program: this.program, voice: name });
    const abort = (): void => void voice.stop();
    signal?.addEventListener('abort', abort);
    this.speaking.add(voice);
    try {
      const samples = joined(await voice.speak(text.replaceAll(SOUND_NAMES, '[ ')));
      if (samples.length === 0) return { reason: 'cancelled' };
      return samples.length > LONGEST_READING_S * FLOOR_RATE ? { reason: 'failed' } : { samples, by: 'box' };
    } catch (error) {
      this.log.warn({ err: error, language }, 'a text could not be read by the box’s own voice');
      return { reason: 'failed' };
    } finally {
      signal?.removeEventListener('abort', abort);
      this.speaking.delete(voice);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.speaking].map((voice) => voice.stop()));
  }
}
