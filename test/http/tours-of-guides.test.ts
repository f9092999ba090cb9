import { afterAll, beforeAll, expect, test } from 'vitest';
import { tourDeskView, type TourDeskView } from '../../appliance/protocol/views.ts';
import { OLD_TOWN, SETUP_CODE, TestBox } from './test-box.ts';

const PASSWORD = 'seven old lanterns';

let box: TestBox;

beforeAll(async () => {
  box = await TestBox.start();
});

afterAll(() => box.stop());

async function signedIn(path: string, body: object): Promise<string> {
  const response = await box.call(path, { method: 'POST', body });
  if (!response.ok) throw new Error(await response.text());
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function view(cookie: string, path: string, method = 'GET', body?: unknown): Promise<TourDeskView> {
  return tourDeskView.parse(await (await box.call(path, { method, cookie, body })).json());
}

test('a tour says whose it is: to its guide, to the owner, and to who sets the box up', async () => {
  const early = await box.createTour();
  expect(early).toMatchObject({ mine: true });
  const owner = await signedIn('/api/claim', {
    setupCode: SETUP_CODE,
    email: 'owner@example.com',
    password: PASSWORD,
  });
  expect(await view(owner, `/api/tours/${early.id}`), 'nobody’s is the owner’s').toMatchObject({
    mine: true,
  });
  const guide = await signedIn('/api/sign-in', {
    email: 'Ana@example.com',
    password: PASSWORD,
    role: 'guide',
    create: true,
    setupCode: SETUP_CODE,
  });
  const made = await view(guide, '/api/tours', 'POST', OLD_TOWN);
  expect(made).toMatchObject({ mine: true, guide: { name: 'ana@example.com' } });
  const path = `/api/tours/${made.id}`;
  expect(await view(owner, path)).toMatchObject({ mine: false, guide: made.guide });
  await box.call('/api/account', { method: 'PATCH', cookie: guide, body: { name: 'Ana' } });
  expect((await view(owner, `${path}/start`, 'POST')).guide).toEqual({ id: made.guide?.id, name: 'Ana' });

  box.cookie = guide;
  const desk = box.guidePage(made.id);
  expect(await desk.snapshot()).toMatchObject({ tour: { mine: true, guide: { name: 'Ana' } } });
  expect(await view(owner, `${path}/copy`, 'POST')).toMatchObject({
    mine: true,
    guide: { name: 'owner@example.com' },
  });
  const visible = await (await box.call(`/api/tours/by-code/${made.code}`)).text();
  expect(visible).not.toMatch(/Ana|example\.com/);
});
