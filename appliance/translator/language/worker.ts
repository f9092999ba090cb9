import { parentPort } from 'node:worker_threads';
import { eld } from 'eld/extrasmall';
import type { Asked, Guess } from './messages.ts';

/** What `eld` calls otherwise: Malay and Indonesian are told apart by no short text. */
const TAGS: Readonly<Record<string, string>> = { no: 'nb', ms: 'id', tl: 'fil' };

/** The thread that guesses languages: its tables take long to load and much memory. */
const port = parentPort;
if (!port) throw new Error('Languages are guessed in a worker thread.');
port.on('message', ({ id, text }: Asked) => {
  const result = eld.detect(text);
  const scores = result.isReliable()
    ? Object.entries(result.getScores()).map(([code, score]) => [TAGS[code] ?? code, score] as const)
    : [];
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  port.postMessage({ id, scores: scores.toSorted(([, a], [, b]) => b - a) } satisfies Guess);
});
