import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { joinAnswer } from '../appliance/protocol/requests.ts';
import { tourDeskView } from '../appliance/protocol/views.ts';
import { BoxProcess } from './box-process.ts';
import { RealtimeServer } from './realtime-server/realtime-server.ts';

const REHEARSAL = fileURLToPath(new URL('../appliance/microphone/recordings/rehearsal.wav', import.meta.url));

let data: string;
let server: RealtimeServer;
let boxes: BoxProcess[];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'ubizo-spend-'));
  server = new RealtimeServer();
  await server.start();
  boxes = [];
});

afterEach(async () => {
  for (const box of boxes) await box.stop();
  await server.stop();
  await rm(data, { recursive: true, force: true });
});

async function start(): Promise<BoxProcess> {
  const box = await BoxProcess.start(
    {
      UBIZO_DATA: data,
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    },
    boxes.at(-1)?.guideCookie,
  );
  boxes.push(box);
  return box;
}

/** What the state file says was spent on the only tour. */
async function written(): Promise<number> {
  const state = JSON.parse(await readFile(join(data, 'state.json'), 'utf8')) as {
    tours: { spent?: Record<string, number> }[];
  };
  return state.tours[0]?.spent?.['es'] ?? 0;
}

test(
  'what was written down as spent is remembered by a box whose power was cut',
  { timeout: 120_000 },
  async () => {
    const box = await start();
    const created = await box.call('/api/tours', {
      method: 'POST',
      body: { name: 'Old town', floorLanguage: 'en', languages: ['es'] },
    });
    const { id, code } = tourDeskView.parse(await created.json());
    await box.call(`/api/tours/${id}/start`, { method: 'POST' });
    const join = await box.call('/api/join', { method: 'POST', body: { code, language: 'es' } });
    const page = new WebSocket(box.url.replace('http', 'ws') + joinAnswer.parse(await join.json()).events);
    page.on('error', () => undefined);
    await vi.waitUntil(async () => (await written()) > 0, { timeout: 60_000, interval: 100 });
    const spent = await written();
    await box.kill();

    const again = await start();
    const tour = tourDeskView.parse(await (await again.call(`/api/tours/${id}`)).json());
    expect(tour.state).toBe('live');
    expect(tour.spend.usd).toBeGreaterThanOrEqual(Math.round(spent * 10_000) / 10_000);
    expect(tour.spend.perLanguage).toMatchObject([{ language: 'es' }]);
    page.terminate();
  },
);
