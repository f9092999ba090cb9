import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { joinAnswer } from '../../appliance/protocol/requests.ts';
import { BoxProcess } from '../box-process.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { type SystemCall, Trace } from './trace.ts';

/*
 * A killed process leaves what it has written with the kernel; a power cut does not. So it is looked at what the box
 * asks of the kernel, and in which order.
 */

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const CALLS = ['write', 'writev', 'pwrite64', 'sendto', 'sendmsg', 'fsync', 'fdatasync', 'rename'];
const mayTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;

let folder: string;
let data: string;
let stops: (() => Promise<unknown>)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-sync-'));
  data = join(folder, 'data');
  stops = [];
});

afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<BoxProcess> {
  const box = await BoxProcess.start({ UBIZO_DATA: data, ...environment });
  stops.push(() => box.stop());
  return box;
}

const watch = (box: BoxProcess): Promise<Trace> =>
  Trace.attach(box.pid, { calls: CALLS, path: join(folder, 'trace') });

const callsIn = async (trace: Trace, box: BoxProcess): Promise<SystemCall[]> =>
  (await trace.stop(() => box.call('/healthz'))).filter(({ failed }) => !failed);

const syncs =
  (path: string) =>
  ({ name, args }: SystemCall): boolean =>
    name === 'fsync' && args.endsWith(`<${path}>`);

const isLineSync = ({ name, args }: SystemCall): boolean =>
  name === 'fdatasync' && args.endsWith('/es.jsonl>');

const OLD_TOWN = { name: 'Old town', floorLanguage: 'en', languages: ['es'] };

describe.runIf(mayTrace)('what the box asks of the disk', { timeout: 60_000 }, () => {
  test('file, name and folder are synced, in this order, before a change is acknowledged', async () => {
    const box = await start();
    const trace = await watch(box);
    for (let i = 0; i < 5; i++)
      expect((await box.call('/api/tours', { method: 'POST', body: OLD_TOWN })).status).toBe(201);
    const calls = await callsIn(trace, box);

    const path = join(data, 'state.json');
    const answers = calls.filter(({ args }) => args.includes('"HTTP/1.1 201'));
    expect(answers).toHaveLength(5);
    let after = -1;
    for (const answer of answers) {
      const step = (what: string, is: (call: SystemCall) => boolean): SystemCall => {
        const call = calls.find((each) => each.began > after && is(each));
        expect(call, what).toBeDefined();
        expect(call!.ended, `${what}, before the answer`).toBeLessThan(answer.began);
        after = call!.ended;
        return call!;
      };
      step('the file is synced', syncs(`${path}.new`));
      const written = calls.filter(({ name, args }) => /write/.test(name) && args.includes(`<${path}.new>`));
      const last = written.findLast(({ ended }) => ended < after);
      expect(last, 'what is synced was written').toBeDefined();
      step(
        'the file is renamed',
        ({ name, args }) => name === 'rename' && args === `"${path}.new", "${path}"`,
      );
      step('the folder is synced', syncs(data));
      after = answer.ended;
    }
  });

  test('what is said is synced within a second, or what a busy machine makes of it', async () => {
    const server = new RealtimeServer();
    await server.start();
    stops.push(() => server.stop());
    const box = await start({
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    });
    const tour = (await (await box.call('/api/tours', { method: 'POST', body: OLD_TOWN })).json()) as {
      id: string;
      code: string;
    };
    await box.call(`/api/tours/${tour.id}/start`, { method: 'POST' });
    const joined = await box.call('/api/join', { method: 'POST', body: { code: tour.code, language: 'es' } });
    const trace = await watch(box);
    const page = new WebSocket(box.url.replace('http', 'ws') + joinAnswer.parse(await joined.json()).events);
    stops.push(() => Promise.resolve(page.terminate()));
    let finals = 0;
    await new Promise<void>((resolve) => {
      page.on('message', (text: Buffer) => {
        if (text.includes('"caption"') && text.includes('"final":true') && ++finals === 4) resolve();
      });
    });
    // The lines that are looked at have their own second, too; the speech goes on.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const calls = await callsIn(trace, box);

    // What was written behind the last one seen had not had its second yet.
    const end = calls.findLast(isLineSync)?.began ?? 0;
    const lines = calls.filter(
      ({ name, args, ended }) => name === 'pwrite64' && args.includes('/es.jsonl>') && ended < end,
    );
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      const sync = calls.find((call) => isLineSync(call) && call.began > line.ended);
      expect(sync, 'each line is synced').toBeDefined();
      // Under strace, on a machine with others on it, a second is longer.
      expect(sync!.at - line.at).toBeLessThan(8);
    }
  });
});
