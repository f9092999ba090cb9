import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

let server: RealtimeServer;
let box: TestBox;

afterEach(async () => {
  await box.stop();
  await server.stop();
});

/** A live tour whose Spanish is read by someone, on a server that is as `prepare` makes it. */
async function interpreted(prepare: (server: RealtimeServer) => void): Promise<void> {
  server = new RealtimeServer({ updateMs: 5 });
  await server.start();
  prepare(server);
  box = await TestBox.start({
    UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
  expect(await health()).toMatchObject({ degraded: false, parts: { interpreter: { detail: 'openai' } } });
  const tour = await box.createTour();
  await box.attendeePage(await box.join(tour.code, 'es')).snapshot();
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
}

async function health(): Promise<unknown> {
  const response = await box.call('/healthz');
  expect(response.status, 'whoever asks has no reason to start the box anew').toBe(200);
  return response.json();
}

async function expectDegraded(detail: string): Promise<void> {
  await vi.waitFor(
    async () =>
      expect(await health()).toMatchObject({
        ok: true,
        degraded: true,
        parts: { storage: { ok: true }, interpreter: { ok: true, degraded: true, detail } },
      }),
    10_000,
  );
  const metrics = await (await box.call('/metrics')).text();
  expect(metrics).toContain('ubizo_part_degraded{part="interpreter"} 1');
  expect(metrics).toContain('ubizo_part_degraded{part="storage"} 0');
}

test('an account without credit is told to who watches the box’s health', async () => {
  await interpreted((stand) => stand.noQuota('upgrade'));
  await expectDegraded('interpreter_no_quota');
});

test('a key that is refused is told to who watches the box’s health', async () => {
  await interpreted((stand) => stand.refuseKey('event'));
  await expectDegraded('interpreter_key_refused');
});

test('a server out of reach is told to who watches the box’s health, and that it is back', async () => {
  await interpreted((stand) => stand.unavailable(true));
  await expectDegraded('interpreter_unreachable');
  server.unavailable(false);
  await vi.waitFor(
    async () =>
      expect(await health()).toMatchObject({
        degraded: false,
        parts: { interpreter: { ok: true, detail: 'openai' } },
      }),
    30_000,
  );
  const metrics = await (await box.call('/metrics')).text();
  expect(metrics).toContain('ubizo_part_degraded{part="interpreter"} 0');
});
