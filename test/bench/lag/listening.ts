import type { LeftOut } from '../../../appliance/channel/speech-queue.ts';
import { TranslatedVoice } from '../../../appliance/channel/translated-voice.ts';
import { joined } from '../../../appliance/floor/samples.ts';
import { Answers, type WordPlace } from './answers.ts';
import { meanPitch } from './pitch.ts';
import type { SpokenWord } from './words.ts';

const SAMPLES_PER_MS = 24;
const STEP_MS = 20;
const FRAME_MS = 60;

export interface Heard {
  /** What waits at each frame, ms, in order of size. */
  readonly queueMs: readonly number[];
  readonly tempoMax: number;
  /** The most that the tempo has changed in a second. */
  readonly changeMax: number;
  readonly cuts: number;
  readonly cutsInsideWords: number;
  readonly droppedMs: number;
  readonly sentences: number;
  readonly skippedSentences: number;
  readonly pitchErrorPercent: number;
}

/** A monologue, over and over for so many seconds, and its translation as it is heard; as fast as the machine can. */
export function listen(
  monologue: Int16Array,
  { seconds, ratio, words }: { seconds: number; ratio: number; words: readonly SpokenWord[] },
): Heard {
  const leftOut: LeftOut[] = [];
  const said: Int16Array[] = [];
  const heard: Int16Array[] = [];
  const queueMs: number[] = [];
  const tempos: number[] = [];
  const voice = new TranslatedVoice({ onLeftOut: (each) => leftOut.push(each) });
  const answers = new Answers({
    words,
    ratio,
    onSentence: (id) => voice.begin(id),
    onSpeech: (samples) => {
      said.push(samples);
      voice.push(samples);
    },
  });
  const step = STEP_MS * SAMPLES_PER_MS;
  for (let ms = 0; ms < seconds * 1_000; ms += STEP_MS) {
    const at = (ms * SAMPLES_PER_MS) % (monologue.length - step);
    answers.hear(monologue.subarray(at, at + step), ms);
    if (ms % FRAME_MS !== 0) continue;
    const frame = new Int16Array(FRAME_MS * SAMPLES_PER_MS);
    heard.push(frame.subarray(0, voice.pull(frame)));
    queueMs.push(voice.queuedMs);
    tempos.push(voice.tempo);
  }
  answers.end();
  return {
    queueMs: queueMs.toSorted((a, b) => a - b),
    tempoMax: Math.max(...tempos),
    changeMax:
      Math.max(...tempos.map((tempo, i) => Math.abs(tempo - (tempos[i - 1] ?? 1)))) * (1_000 / FRAME_MS),
    cuts: leftOut.length,
    cutsInsideWords: insideWords(leftOut, answers.places),
    droppedMs: voice.droppedMs,
    sentences: answers.sentences,
    skippedSentences: voice.skipped,
    pitchErrorPercent: Math.abs(meanPitch(joined(heard)) / meanPitch(joined(said)) - 1) * 100,
  };
}

/** How many cuts begin or end within a word. */
function insideWords(leftOut: readonly LeftOut[], places: readonly WordPlace[]): number {
  const within = (at: number): boolean => places.some(({ from, to }) => from < at && at < to);
  return leftOut.filter(({ from, to }) => within(from) || within(to)).length;
}
