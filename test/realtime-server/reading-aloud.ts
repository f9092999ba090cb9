import type { Behaviour } from './behaviour.ts';
import { answeredUsage, languageOf } from './conversation-wire.ts';
import { deltasOf } from './sentences.ts';
import { tone, type Speech } from './speech.ts';
import { objectAt, type ServerEvent } from './wire.ts';

const DELTA_SAMPLES = 9_600;

/** A text that a session was asked to say out of band, as it came. */
export interface WantedReading {
  readonly text: string;
  readonly language: string;
  readonly instructions: string;
  readonly conversation: unknown;
}

interface ReadingAloudOptions {
  readonly send: (event: ServerEvent) => void;
  readonly pause: (ms: number) => Promise<void>;
  readonly behaviour: Behaviour;
  readonly speech: Speech;
}

/** Says texts word for word, several at once, as a model does that was asked to; or not quite, on demand. */
export class ReadingAloud {
  /** In the order in which they came. */
  readonly wanted: WantedReading[] = [];
  private readonly options: ReadingAloudOptions;
  private readonly cancelled = new Set<string>();

  constructor(options: ReadingAloudOptions) {
    this.options = options;
  }

  /** `response.create` with input of its own, or `response.cancel`. */
  act(event: Record<string, unknown>): void {
    if (event['type'] === 'response.cancel') this.cancelled.add(String(event['response_id']));
    const response = objectAt(event, 'response');
    const text = textOf(response?.['input']);
    if (!response || text === undefined) return;
    const instructions = String(response['instructions']);
    const language = languageOf(instructions) ?? 'en';
    const number = this.wanted.push({ text, language, instructions, conversation: response['conversation'] });
    void this.read({ text, language, id: `resp_read_${number}`, metadata: response['metadata'] ?? null });
  }

  private async read(asked: {
    text: string;
    language: string;
    id: string;
    metadata: unknown;
  }): Promise<void> {
    const { send, pause, behaviour, speech } = this.options;
    const { id, language, metadata } = asked;
    const object = { object: 'realtime.response', id, metadata };
    await pause(behaviour.lagMs);
    send({ type: 'response.created', response: { ...object, status: 'in_progress', status_details: null } });
    const { brokenOff } = behaviour;
    if (brokenOff) {
      const { status, ...details } = brokenOff;
      const status_details = { type: status, ...details };
      send({ type: 'response.done', response: { ...object, status, status_details, usage: answeredUsage } });
      return;
    }
    const text = behaviour.reworded(asked.text);
    const hertz = behaviour.tone(language, true);
    const samples = hertz === undefined ? await speech.say(language, text) : tone(hertz);
    const part = { response_id: id, item_id: `item_${id}`, output_index: 0, content_index: 0 };
    for (let at = 0; at < samples.length && !this.cancelled.has(id); at += DELTA_SAMPLES) {
      const { buffer, byteOffset, byteLength } = samples.subarray(at, at + DELTA_SAMPLES);
      const delta = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
      send({ type: 'response.output_audio.delta', ...part, delta });
      await pause(behaviour.paceMs);
    }
    const isCancelled = this.cancelled.has(id);
    if (!isCancelled) {
      for (const delta of deltasOf(text))
        send({ type: 'response.output_audio_transcript.delta', ...part, delta });
      send({ type: 'response.output_audio.done', ...part });
      send({ type: 'response.output_audio_transcript.done', ...part, transcript: text });
    }
    const status = isCancelled ? 'cancelled' : 'completed';
    const status_details = isCancelled ? { type: 'cancelled', reason: 'client_cancelled' } : null;
    send({ type: 'response.done', response: { ...object, status, status_details, usage: answeredUsage } });
  }
}

function textOf(input: unknown): string | undefined {
  const [item] = Array.isArray(input) ? (input as unknown[]) : [];
  const content = (item as { content?: unknown } | undefined)?.content;
  const [part] = Array.isArray(content) ? (content as unknown[]) : [];
  const { type, text } = (part ?? {}) as { type?: unknown; text?: unknown };
  return type === 'input_text' && typeof text === 'string' ? text : undefined;
}
