/**
 * How well a translated voice keeps up: `npm run bench:lag`, `-- --short` to see that it works. Prints a table, then one line of
 * JSON. docs/benchmarks.md says what exactly is measured. Its clock is its own: ten minutes pass in seconds.
 */
import { readFile } from 'node:fs/promises';
import { readWav, resample } from '../realtime-server/speech.ts';
import { type Heard, listen } from './lag/listening.ts';
import { spokenWords } from './lag/words.ts';
import { readBenchOptions } from './prepare.ts';

/** Debian's codec2-examples: 112 s of one who talks. */
const MONOLOGUE = '/usr/share/codec2/wav/ve9qrp.wav';
const RATIOS = [1, 1.15, 1.3] as const;
/** More than any tempo catches up with: sentences must be left out. */
const HOPELESS = 1.7;

const { short } = readBenchOptions({});
const seconds = short ? 40 : 600;
const wav = readWav(await readFile(MONOLOGUE));
const monologue = resample(wav.samples, wav.rate);
const words = await spokenWords();

row([
  'lasts',
  'waiting p50',
  'p95',
  'most (ms)',
  'tempo',
  'a second',
  'cuts',
  'in words',
  'pitch %',
  'skipped',
]);
const runs = RATIOS.map(run);
const all = [...runs, run(HOPELESS)];
const longest = runs.at(-1);
console.log();
console.log(
  JSON.stringify({
    queueMsP95: Math.round(longest ? quantile(longest, 0.95) : NaN),
    tempoMax: rounded(Math.max(...all.map(({ tempoMax }) => tempoMax))),
    cutsInsideWords: sum(all.map(({ cutsInsideWords }) => cutsInsideWords)),
    pitchErrorPercent: rounded(Math.max(...runs.map(({ pitchErrorPercent }) => pitchErrorPercent))),
    skippedSentences: sum(runs.map(({ skippedSentences }) => skippedSentences)),
  }),
);

function run(ratio: number): Heard {
  const heard = listen(monologue, { seconds, ratio, words });
  row([
    `× ${ratio}`,
    quantile(heard, 0.5).toFixed(0),
    quantile(heard, 0.95).toFixed(0),
    quantile(heard, 1).toFixed(0),
    heard.tempoMax.toFixed(3),
    heard.changeMax.toFixed(3),
    String(heard.cuts),
    String(heard.cutsInsideWords),
    heard.pitchErrorPercent.toFixed(2),
    `${heard.skippedSentences} of ${heard.sentences}`,
  ]);
  if (heard.droppedMs > 0) console.log(`  ${heard.droppedMs.toFixed(0)} ms were dropped for want of room`);
  return heard;
}

function quantile({ queueMs }: Heard, share: number): number {
  return queueMs[Math.max(0, Math.ceil(share * queueMs.length) - 1)] ?? NaN;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function rounded(number: number): number {
  return Math.round(number * 1_000) / 1_000;
}

function row(cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(11)).join(' '));
}
