import { answerAll } from './child.ts';
import type { Schedule } from './clock.ts';
import { JanusSignalling } from './janus-signalling.ts';
import { type LoadFigures, LoadGenerator, type LoadOptions } from './load-generator.ts';
import { type Signalling, WhepSignalling } from './signalling.ts';

/** Where a server is asked for a connection, and in what way. */
export interface SignallingAddress {
  readonly kind: 'whep' | 'janus';
  readonly url: string;
}

/** What the bench asks of the load generator's process. */
export interface LoadDialogue {
  readonly start: { ask: { options: LoadOptions; signalling: SignallingAddress }; reply: void };
  readonly join: { ask: { everyMs?: number }; reply: void };
  readonly expect: { ask: Schedule; reply: void };
  readonly count: { ask: { from: number; to?: number }; reply: void };
  readonly figures: { ask: { frames?: number }; reply: LoadFigures };
  readonly leave: { ask: object; reply: void };
}

let generator: LoadGenerator | undefined;

function started(): LoadGenerator {
  if (!generator) throw new Error('There is no load yet.');
  return generator;
}

answerAll<LoadDialogue>({
  start: async ({ options, signalling }) => {
    generator = new LoadGenerator({ options, signalling: await reach(signalling) });
  },
  join: (how) => started().join(how),
  expect: (schedule) => started().expect(schedule),
  count: ({ from, to = Infinity }) => started().count({ from, to }),
  figures: ({ frames }) => started().figures(frames),
  leave: () => started().leave(),
});

async function reach({ kind, url }: SignallingAddress): Promise<Signalling> {
  return kind === 'janus' ? JanusSignalling.connect(url) : new WhepSignalling({ url });
}
