import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Diversions } from '../../appliance/channel/diversions.ts';
import { FloorChannel } from '../../appliance/channel/floor-channel.ts';
import { hush } from '../../appliance/channel/hushed-channel.ts';
import type { Listener } from '../../appliance/listener/listener.ts';
import { Listeners } from '../../appliance/listener/listeners.ts';
import { silentLog } from '../../appliance/log.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { Humming, openFloor, strength } from '../channel/frame-log.ts';
import { type Packet, PhoneClient } from '../peer/phone-client.ts';

const SPANISH = 700;
const FRENCH = 1_700;

const MAX = 4;

let shards: Shards;
let listeners: Listeners;
let diversions: Diversions;
const undo: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  shards = new Shards({ log: silentLog(), count: 2 });
  diversions = new Diversions();
  listeners = new Listeners({ shards, max: MAX, diversions });
  await shards.start();
});

afterEach(async () => {
  await shards.stop();
  for (const each of undo.splice(0)) await each();
});

/** A channel on which somebody hums. */
function channel(language: string, hz: number): FloorChannel {
  const floor = openFloor();
  const humming = new Humming(floor, hz);
  const made = new FloorChannel({ language, floor, onState: () => undefined, onSinkError: () => undefined });
  made.start();
  undo.push(() => {
    humming.stop();
    made.stop();
  });
  return made;
}

async function listen(
  attendee: string,
  to: FloorChannel,
): Promise<{ phone: PhoneClient; listener: Listener }> {
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.push(() => phone.close());
  const { listener, answer } = await listeners.open({
    tour: 'tour',
    attendee,
    offer: parseOffer(await phone.offer(), { wants: 'receive' }),
    addresses: ['127.0.0.1'],
    channel: to,
  });
  await phone.accept(answer.text);
  await phone.connected();
  return { phone, listener };
}

const steps = (packets: readonly Packet[], of: (packet: Packet) => number, wrap: number): number[] =>
  packets.slice(1).map((packet, index) => (of(packet) - of(packets[index] ?? packet) + wrap) % wrap);

test('every phone has a stream of its own: no two share numbers, times or a source', async () => {
  const spanish = channel('es', SPANISH);
  const [a, b] = await Promise.all([listen('a', spanish), listen('b', spanish)]);
  await Promise.all([a.phone.received(10), b.phone.received(10)]);
  for (const { phone } of [a, b]) {
    expect(new Set(phone.packets.map(({ ssrc }) => ssrc)).size).toBe(1);
    expect(new Set(steps(phone.packets, ({ sequenceNumber }) => sequenceNumber, 2 ** 16))).toEqual(
      new Set([1]),
    );
    expect(phone.packets[0]?.marker, 'the first packet of a stream is marked').toBe(true);
  }
  expect(a.phone.packets[0]?.ssrc).not.toBe(b.phone.packets[0]?.ssrc);
  expect(a.phone.packets[0]?.timestamp).not.toBe(b.phone.packets[0]?.timestamp);
  expect(listeners.size).toBe(2);
});

test('a change of language is heard in the same stream, without a break', async () => {
  const spanish = channel('es', SPANISH);
  const french = channel('fr', FRENCH);
  const { phone, listener } = await listen('a', spanish);
  const changes: (string | undefined)[] = [];
  await phone.received(25);
  listeners.subscribeTo('a', ({ language }) => changes.push(language));
  listener.tune(french);
  expect(changes, 'the page is told').toEqual(['fr']);
  const at = phone.packets.length;
  await phone.received(at + 30);
  const { packets } = phone;
  expect(new Set(packets.map(({ ssrc }) => ssrc)).size).toBe(1);
  expect(new Set(steps(packets, ({ sequenceNumber }) => sequenceNumber, 2 ** 16))).toEqual(new Set([1]));
  for (const step of steps(packets, ({ timestamp }) => timestamp, 2 ** 32)) {
    expect(step).toBeGreaterThan(0);
    expect(step / 48, 'ms').toBeLessThan(300);
  }
  const sound = phone.sound();
  const before = sound.subarray(10 * 480, (at - 2) * 480);
  const after = sound.subarray((at + 10) * 480);
  expect(strength(before, SPANISH)).toBeGreaterThan(5 * strength(before, FRENCH));
  expect(strength(after, FRENCH)).toBeGreaterThan(5 * strength(after, SPANISH));
  expect(listener.language).toBe('fr');
});

const isSilence = ({ payload }: Packet): boolean => payload.length === 3;

test('who is hushed is sent nothing, by a new connection either, and afterwards what they have chosen meanwhile', async () => {
  const [spanish, french] = [channel('es', SPANISH), channel('fr', FRENCH)];
  const first = await listen('a', spanish);
  const other = await listen('b', spanish);
  await first.phone.received(5);
  const undo = diversions.divert('a', hush());
  // A few packets of silence, so that a phone fades out.
  await first.phone.until(() => first.phone.packets.some(isSilence));
  const from = first.phone.packets.findIndex(isSilence);
  await other.phone.received(other.phone.packets.length + 15);
  const second = await listen('a', spanish);
  second.listener.tune(french);
  expect([second.listener.language, second.listener.soundingMs]).toEqual(['fr', 0]);
  await other.phone.received(other.phone.packets.length + 15);
  const hushedAt = performance.now() - 300;
  undo();
  await second.phone.until(() => strength(second.phone.sound().subarray(-4_800), FRENCH) > 0.2);
  // Which is no loss of theirs: whoever judges how they hear knows that nothing was sent.
  expect(second.listener.sounded(hushedAt, performance.now() - 400)).toBe(false);
  for (const packets of [first.phone.packets.slice(from), second.phone.packets])
    expect(strength(second.phone.sound(packets), SPANISH)).toBeLessThan(0.01);
});

test('who hangs up is no longer delivered to', async () => {
  const spanish = channel('es', SPANISH);
  const { phone, listener } = await listen('a', spanish);
  await phone.received(3);
  listeners.close(listener);
  expect(listener.state).toBe('closed');
  expect(listeners.size).toBe(0);
  expect(listeners.of('a')).toBeUndefined();
  expect(() => listeners.get(listener.id, 'a')).toThrow(
    expect.objectContaining({ code: 'listener_not_found' }),
  );
  listener.tune(channel('fr', FRENCH));
  const other = await listen('b', spanish);
  await other.phone.received(1);
  // What was on its way has come.
  const at = phone.packets.length;
  await other.phone.received(6);
  expect(phone.packets.length).toBe(at);
});

test('a phone that comes back takes the place of its earlier connection, and of nobody else’s', async () => {
  const spanish = channel('es', SPANISH);
  const first = await listen('a', spanish);
  const other = await listen('b', spanish);
  const second = await listen('a', spanish);
  expect(listeners.size).toBe(2);
  expect(first.listener.state).toBe('closed');
  expect(other.listener.state).toBe('connected');
  await second.phone.received(3);
  expect(() => listeners.get(second.listener.id, 'b'), 'not theirs').toThrow(
    expect.objectContaining({ code: 'listener_not_found' }),
  );
});

const last = (packets: readonly Packet[]): Packet => packets.at(-1) ?? expect.fail('no packet came');

test.each(['while the box still sends', 'after the box was told that it is over'])(
  'a phone that offers anew %s is sent its own stream on',
  async (how) => {
    const spanish = channel('es', SPANISH);
    const first = await listen('a', spanish);
    await first.phone.received(10);
    if (how.startsWith('after')) first.listener.close();
    const second = await listen('a', spanish);
    await second.phone.received(5);
    const [before, after] = [last(first.phone.packets), second.phone.packets[0] ?? expect.fail('none')];
    expect(after.ssrc).toBe(before.ssrc);
    // What was on its way when the earlier connection ended has been sent, if not received.
    expect((after.sequenceNumber - before.sequenceNumber + 2 ** 16) % 2 ** 16, 'numbers go on').toBeLessThan(
      first.phone.packets.length + 100,
    );
    expect(after.sequenceNumber, 'and none is there twice').not.toBe(before.sequenceNumber);
    const passed = (after.timestamp - before.timestamp + 2 ** 32) % 2 ** 32;
    expect(passed / 48_000, 'its time goes on, s').toBeLessThan(30);
    expect(passed).toBeGreaterThan(0);
    expect(strength(second.phone.sound(), SPANISH), 'and it is heard').toBeGreaterThan(0.1);
    const other = await listen('b', spanish);
    await other.phone.received(1);
    expect(other.phone.packets[0]?.ssrc).not.toBe(before.ssrc);
  },
);

test('an offer that cannot be answered leaves nothing behind', async () => {
  const spanish = channel('es', SPANISH);
  const there = await listen('a', spanish);
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.push(() => phone.close());
  await expect(
    listeners.open({
      tour: 'tour',
      attendee: 'a',
      offer: parseOffer(await phone.offer(), { wants: 'receive' }),
      addresses: ['203.0.113.1'],
      channel: spanish,
    }),
  ).rejects.toMatchObject({ code: 'media_port_unavailable' });
  expect(listeners.size).toBe(1);
  expect(listeners.of('a')).toBe(there.listener);
});

test('a full box says so, and takes the next one when somebody leaves', async () => {
  const spanish = channel('es', SPANISH);
  const all = await Promise.all(['a', 'b', 'c', 'd'].map((attendee) => listen(attendee, spanish)));
  await expect(listen('e', spanish)).rejects.toMatchObject({
    code: 'listeners_full',
    message: expect.stringContaining('read along'),
  });
  await listen('d', spanish);
  expect(listeners.size, 'who comes back needs no further place').toBe(MAX);
  all[0]?.listener.close();
  const late = await listen('e', spanish);
  await late.phone.received(3);
});

test('a shard that dies hangs up on its own phones only, and takes new ones at once', async () => {
  const spanish = channel('es', SPANISH);
  const [a, b] = [await listen('a', spanish), await listen('b', spanish)];
  const lost = new Promise<string>((resolve) => {
    undo.push(
      listeners.subscribe(({ attendee, state }) => {
        if (state === 'closed') resolve(attendee);
      }),
    );
  });
  await shards.kill(0);
  expect(['a', 'b']).toContain(await lost);
  const [survivor, gone] = a.listener.state === 'closed' ? [b, a] : [a, b];
  const before = survivor.phone.packets.length;
  await survivor.phone.received(before + 5);
  expect(survivor.listener.state).toBe('connected');
  const back = await listen(gone.listener.attendee, spanish);
  await back.phone.received(3);
  const third = await listen('c', spanish);
  await third.phone.received(3);
  await vi.waitFor(() => expect(shards.sound).toBe(true), 15_000);
});

test('phones that all come back in one moment are let in one after the other, and told when', async () => {
  const many = new Listeners({ shards, max: 500 });
  const floor = channel('en', SPANISH);
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.push(() => phone.close());
  const offer = parseOffer(await phone.offer(), { wants: 'receive' });
  const came = await Promise.allSettled(
    Array.from({ length: 130 }, (_, i) =>
      many.open({ tour: 'tour', attendee: `a${i}`, offer, addresses: ['127.0.0.1'], channel: floor }),
    ),
  );
  const refused = came.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(30);
  for (const each of refused) expect(each).toMatchObject({ reason: { code: 'box_busy', retryAfterS: 1 } });
});
