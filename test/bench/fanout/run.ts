import { setTimeout as delay } from 'node:timers/promises';
import { Child } from './child.ts';
import { dueMs, monotonicMs, type Schedule } from './clock.ts';
import type { Contender } from './contender.ts';
import type { LoadFigures } from './load-generator.ts';
import type { LoadDialogue } from './load-process.ts';
import type { FanOutOptions } from './options.ts';
import { payloadBytes } from './payload.ts';
import { coreBusyMs, cpuMs, residentKb } from './process-figures.ts';
import type { SendLateness } from './server.ts';

/** The server has the first core to itself, as far as others leave it; listeners and the bench have the second. */
export const SERVER_CORE = 0;
const LOAD_CORE = 1;

export interface RunFigures {
  /** Packets that were due in the steady window: frames × listeners. */
  readonly due: number;
  readonly cpuUsPerPacket: number;
  /** Neither received nor dropped by the listeners' own sockets. */
  readonly lost: number;
  readonly load: LoadFigures;
  readonly send: SendLateness | undefined;
  /** Share of the server's core that went to the server, and to anybody else. */
  readonly coreShare: number;
  readonly othersShare: number;
  readonly handshakeCpuMs: number;
  /** Above what the server held before anyone came, KB for each listener: with all there (the greater of both times). */
  readonly kbPerListener: number;
  /** The server's memory, MB: before, with all, after they left, with all again, after they left again; garbage
   * collected only where nobody is there. */
  readonly residentMb: readonly number[];
  /** While all join for the second time, frames flowing. */
  readonly storm: {
    readonly joinsPerSecond: number;
    readonly load: LoadFigures;
    readonly send: SendLateness | undefined;
  };
}

const LEAD_MS = 500;
/** Until the just-in-time compilers have seen enough. */
const SETTLE_MS = 4_000;
const STRAGGLERS_MS = 1_000;
const GONE_MS = 60_000;
/** 300 phones in 10 s. */
const STORM_EVERY_MS = 33;
const INSPECT_EVERY = 50;

/** One server under the whole load, start to end. */
export async function run(server: Contender, options: FanOutOptions): Promise<RunFigures> {
  const load = new Child<LoadDialogue>({
    script: new URL('load-process.ts', import.meta.url),
    core: LOAD_CORE,
  });
  const { listeners, languages, profile, red, frameMs } = options;
  try {
    await load.ask('start', {
      options: {
        listeners,
        languages,
        profile,
        red,
        bytes: payloadBytes(frameMs),
        inspectEvery: INSPECT_EVERY,
      },
      signalling: server.signalling,
    });
    return await measure(server, load, options);
  } finally {
    await load.stop();
  }
}

async function measure(
  server: Contender,
  load: Child<LoadDialogue>,
  options: FanOutOptions,
): Promise<RunFigures> {
  const { pid } = server;
  const { listeners, patience } = options;
  await server.collect();
  await delay(STRAGGLERS_MS * patience);
  const resident = [residentKb(pid)];
  const cpuBefore = cpuMs(pid);
  await load.ask('join', {});
  const handshakeCpuMs = (cpuMs(pid) - cpuBefore) / listeners;
  const steady = await measureSteady(server, load, options);
  resident.push(residentKb(pid));
  await everyoneLeaves(server, load, patience);
  resident.push(residentKb(pid));
  const storm = await measureStorm(server, load, options);
  resident.push(residentKb(pid));
  await everyoneLeaves(server, load, patience);
  resident.push(residentKb(pid));
  const [before = 0, first = 0, , second = 0] = resident;
  return {
    ...steady,
    handshakeCpuMs,
    storm,
    kbPerListener: (Math.max(first, second) - before) / listeners,
    residentMb: resident.map((kb) => kb / 1024),
  };
}

async function measureSteady(
  server: Contender,
  load: Child<LoadDialogue>,
  { listeners, languages, seconds, frameMs, patience }: FanOutOptions,
): Promise<Omit<RunFigures, 'handshakeCpuMs' | 'storm' | 'kbPerListener' | 'residentMb'>> {
  const { pid } = server;
  const schedule: Schedule = { startMs: monotonicMs() + LEAD_MS, frameMs, languages };
  const from = Math.ceil((SETTLE_MS * patience) / frameMs);
  const to = from + Math.round((seconds * 1_000) / frameMs);
  await load.ask('expect', schedule);
  await server.feed(schedule);
  // Between two frames, so that the first and the last of the window are counted whole.
  await until(dueMs(schedule, 0, from) - frameMs);
  await load.ask('count', { from, to });
  await until(dueMs(schedule, 0, from));
  await server.takePunctuality();
  const cpuBefore = cpuMs(pid);
  const busyBefore = coreBusyMs(SERVER_CORE);
  const began = monotonicMs();
  await until(dueMs(schedule, 0, to));
  const cpu = cpuMs(pid) - cpuBefore;
  const busy = coreBusyMs(SERVER_CORE) - busyBefore;
  const took = monotonicMs() - began;
  const send = await server.takePunctuality();
  const frames = await server.stopFeed();
  await delay(STRAGGLERS_MS * patience);
  const figures = await load.ask('figures', { frames });
  const due = (to - from) * listeners;
  const lost = Math.max(0, due - figures.received - figures.overflowed);
  return {
    due,
    cpuUsPerPacket: (cpu * 1_000) / (due - lost),
    lost,
    load: figures,
    send,
    coreShare: cpu / took,
    othersShare: Math.max(0, busy - cpu) / took,
  };
}

async function measureStorm(
  server: Contender,
  load: Child<LoadDialogue>,
  { listeners, languages, frameMs, patience }: FanOutOptions,
): Promise<RunFigures['storm']> {
  const schedule: Schedule = { startMs: monotonicMs() + LEAD_MS, frameMs, languages };
  await load.ask('expect', schedule);
  await load.ask('count', { from: 0 });
  await server.feed(schedule);
  await server.takePunctuality();
  const began = monotonicMs();
  await load.ask('join', { everyMs: STORM_EVERY_MS });
  const took = monotonicMs() - began;
  const send = await server.takePunctuality();
  const frames = await server.stopFeed();
  await delay(STRAGGLERS_MS * patience);
  return {
    joinsPerSecond: (listeners * 1_000) / took,
    load: await load.ask('figures', { frames }),
    send,
  };
}

async function everyoneLeaves(server: Contender, load: Child<LoadDialogue>, patience: number): Promise<void> {
  await load.ask('leave', {});
  const deadline = monotonicMs() + GONE_MS;
  while ((await server.size()) > 0) {
    if (monotonicMs() > deadline) throw new Error('The server does not let go of who has left.');
    await delay(100);
  }
  await delay(SETTLE_MS * patience);
  await server.collect();
  await delay(STRAGGLERS_MS * patience);
}

async function until(due: number): Promise<void> {
  await delay(Math.max(0, due - monotonicMs()));
}
