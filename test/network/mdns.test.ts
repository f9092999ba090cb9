import { afterEach, describe, expect, it } from 'vitest';
import { BOX, Lab, NAME } from './lab.ts';
import { ip, whyNot } from './namespaces.ts';

const CAN = whyNot() === undefined;

let lab: Lab | undefined;

afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

const addresses = (records: readonly { type: string; data: unknown }[]): unknown[] => [
  ...new Set(records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data)),
];

describe.runIf(CAN)('the box on its visitors’ network', () => {
  it.each([
    ['with an uplink and a default route', true],
    ['without a default route', false],
  ])('%s is found by its services and its name, at that network’s address alone', async (_, uplinkRoute) => {
    lab = await Lab.open({ uplinkRoute });
    await lab.startRadio();
    await lab.startAppliance();
    const { machine } = await lab.join();

    expect(addresses(await machine.mdns(`${NAME}.local`, 'A'))).toEqual([BOX]);
    const found = await machine.mdns('_ubizo._tcp.local', 'PTR');
    expect(addresses(found)).toEqual([BOX]);
    // An announcement that happens to come first tells of the box's other services too.
    const about = (wanted: string): unknown =>
      found.find(({ name, type }) => name === `${NAME}._ubizo._tcp.local` && type === wanted)?.data;
    expect(about('SRV')).toMatchObject({ port: 80, target: `${NAME}.local` });
    expect(about('TXT')).toEqual([
      expect.stringMatching(/^version=\d/),
      expect.stringMatching(/^id=[0-9a-f]{12}$/),
      'live=no',
    ]);
    const http = await machine.mdns('_http._tcp.local', 'PTR');
    expect(http).toContainEqual(
      expect.objectContaining({
        name: '_http._tcp.local',
        type: 'PTR',
        data: `${NAME}._http._tcp.local`,
      }),
    );
  });

  it('says nothing of it to the uplink’s network', async () => {
    lab = await Lab.open();
    await lab.startRadio();
    await lab.startAppliance();
    const { machine } = await lab.join();
    await machine.mdns(`${NAME}.local`, 'A');
    const heard = lab.uplink.mdns(`${NAME}.local`, 'A').then(() => 'heard');
    // Nothing can be waited for: the questions come every 250 ms, an answer takes milliseconds.
    const silence = new Promise((resolve) => setTimeout(() => resolve('silence'), 2_000));
    expect(await Promise.race([heard, silence])).toBe('silence');
  });

  it('survives its network going away and coming back', async () => {
    lab = await Lab.open({ uplinkRoute: false });
    await lab.startRadio();
    await lab.startAppliance();
    const { machine } = await lab.join();
    await machine.mdns(`${NAME}.local`, 'A');
    const inside = (...args: string[]): void => void ip('-n', lab?.box ?? '', ...args);
    inside('address', 'del', `${BOX}/22`, 'dev', 'br0');
    inside('link', 'set', 'br0', 'down');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    inside('link', 'set', 'br0', 'up');
    inside('address', 'add', `${BOX}/22`, 'dev', 'br0');
    expect(addresses(await machine.mdns(`${NAME}.local`, 'A'))).toEqual([BOX]);
    expect(lab.applianceRuns).toBe(true);
  });
});
