import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { boxView, tourDeskView } from '../../appliance/protocol/views.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { type Event, OLD_TOWN, SETUP_CODE, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const KEY = 'sk-owner-0123456789';

/** Spanish is heard, by this one. */
const by =
  (who: string) =>
  (event: Event): boolean =>
    event.type === 'channel' && event.language === 'es' && event.state === 'live' && event.by === who;

test(
  'a key that the owner saves is used at once, in mid-tour, and after a restart',
  { timeout: 60_000 },
  async () => {
    const server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5, apiKey: KEY });
    await server.start();
    const box = await TestBox.start({
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
    });
    try {
      const claimed = await box.call('/api/claim', {
        method: 'POST',
        body: { setupCode: SETUP_CODE, email: 'owner@example.com', password: 'seven old lanterns' },
      });
      box.cookie = claimed.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ');
      const tour = await box.createTour(OLD_TOWN);
      const desk = box.guidePage(tour.id);
      const page = box.attendeePage(await box.join(tour.code, 'es'));
      await page.snapshot();
      await box.guide(`/api/tours/${tour.id}/start`, 'POST');
      expect(await desk.event(by('box')), 'the box does what it can').toMatchObject({
        problem: { code: 'interpreter_key_refused' },
      });

      const save = async (openaiKey: string | null): Promise<void> => {
        const path = '/api/device';
        const saved = await box.call(path, { method: 'PATCH', cookie: box.cookie, body: { openaiKey } });
        expect(await saved.text(), 'it is never shown').not.toContain(KEY);
        expect(saved.status).toBe(200);
      };
      let from = desk.events.length;
      await save(KEY);
      expect(await desk.event(by('model'), from)).not.toHaveProperty('problem');
      await page.event(({ type, language }) => type === 'caption' && language === 'es');
      await save(KEY);
      const heard = () => server.sessions.filter(({ receivedSamples }) => receivedSamples > 0);
      expect(heard(), 'saving the same once more changes nothing').toHaveLength(1);

      from = desk.events.length;
      await save(null);
      await desk.event(by('box'), from);
      await save(KEY);
      await box.restart();
      const view = await box.call('/api/box', { cookie: box.cookie });
      expect(boxView.parse(await view.json())).not.toHaveProperty('interpreterProblem');
      box.attendeePage(await box.join(tour.code, 'es'));
      const opened = server.sessions.length;
      await server.until(() => server.sessions.length > opened);
      expect(tourDeskView.parse(await box.guide(`/api/tours/${tour.id}`)).state).toBe('live');
    } finally {
      await box.stop();
      await server.stop();
    }
  },
);
