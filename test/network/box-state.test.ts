import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxStateView, type BoxStateView } from '../../appliance/protocol/box-state.ts';
import { BOX, Lab, type Phone, SETUP_CODE } from './lab.ts';
import { whyNot } from './namespaces.ts';

const CAN = whyNot() === undefined;

let lab: Lab;
let guide: Phone;
let cookie: string;

beforeAll(async () => {
  if (!CAN) return;
  lab = await Lab.open();
  await lab.startRadio();
  await lab.openRadioSocket();
  await lab.startAppliance();
  guide = await lab.join();
  cookie = (await ask('POST', '/api/sign-in', { setupCode: SETUP_CODE })).cookie;
});

afterAll(() => lab?.close());

async function ask(
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: string; cookie: string }> {
  const answer = await guide.machine.http(`http://${BOX}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(cookie !== undefined && { cookie }) },
    ...(body && { content: JSON.stringify(body) }),
  });
  return {
    ...answer,
    cookie: answer.headers['set-cookie']?.map((each) => each.split(';')[0]).join('; ') ?? '',
  };
}

const state = async (): Promise<BoxStateView> =>
  boxStateView.parse(JSON.parse((await ask('GET', '/api/box/state')).body));

describe.runIf(CAN)('the guide’s view of the box', () => {
  it('has the radio’s word for the Wi-Fi, the phones that are there, and the way to the Internet', async () => {
    expect(await state()).toMatchObject({
      guideUrl: 'http://ubizo-t3st.local/guide',
      wifi: { network: 'own', phase: 'up', canJoin: false },
      phones: 1,
      uplink: { via: 'cable' },
    });
    const other = await lab.join();
    await expect.poll(async () => (await state()).phones, { timeout: 15_000 }).toBe(2);
    await other.release();
    await expect.poll(async () => (await state()).phones, { timeout: 15_000 }).toBe(1);
  });

  it('says in the radio’s words why it cannot join the tour’s Wi-Fi', async () => {
    const { status, body } = await ask('POST', '/api/box/wifi', {
      network: 'tour',
      ssid: 'Museum',
      passphrase: 'correct horse',
    });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({
      error: { code: 'wifi_refused', message: expect.stringMatching(/no radio of its own|network-manager/) },
    });
  });

  it('starts the own Wi-Fi anew when that is asked for, and every phone keeps its address', async () => {
    expect((await ask('POST', '/api/box/wifi', { network: 'own' })).status).toBe(202);
    await lab.until('the radio goes down', () => lab.radioState()['phase'] === 'switching');
    await lab.until('the radio is up again', () => lab.radioState()['phase'] === 'up');
    await expect
      .poll(
        () =>
          state().then(
            ({ wifi }) => wifi,
            () => undefined,
          ),
        { timeout: 20_000 },
      )
      .toMatchObject({ network: 'own', phase: 'up' });
    expect((await lab.join()).address).not.toBe(guide.address);
  });
});
