import { EventEmitter, once } from 'node:events';
import { createSocket, Socket } from 'node:dgram';
import { afterEach, expect, test, vi } from 'vitest';
import { fragmentOfAnswer, parseIceFragment } from '../../appliance/peer/ice-fragment.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';
import { Peer, type PeerState } from '../../appliance/peer/peer.ts';
import { PhoneClient } from './phone-client.ts';

const ADDRESSES = ['127.0.0.1'];

const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((each) => each.close()));
});

class Box {
  readonly peer: Peer;
  readonly states: PeerState[] = [];
  heard = 0;
  private readonly events = new EventEmitter();

  constructor(addresses: readonly string[] = ADDRESSES) {
    this.peer = new Peer({
      addresses,
      onState: (state) => {
        this.states.push(state);
        this.events.emit('change');
      },
      onHeard: () => {
        this.heard++;
        this.events.emit('change');
      },
    });
    closing.push(this.peer);
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.events, 'change');
  }
}

function newPhone(payloadType?: number): PhoneClient {
  const phone = new PhoneClient({ direction: 'recvonly', ...(payloadType && { payloadType }) });
  closing.push(phone);
  return phone;
}

async function connect(box: Box, phone: PhoneClient): Promise<string> {
  const answer = await box.peer.answer(parseOffer(await phone.offer(), { wants: 'receive' }));
  await phone.accept(answer);
  await phone.connected();
  await box.until(() => box.peer.state === 'connected');
  return answer;
}

function send(peer: Peer, sequenceNumber: number): void {
  peer.send(Buffer.from([0xf8, 0xff, 0xfe]), {
    sequenceNumber,
    timestamp: sequenceNumber * 960,
    marker: false,
  });
}

test('the answer is complete at once, names only the given addresses, and asks nobody outside', async () => {
  const send = vi.spyOn(Socket.prototype, 'send');
  try {
    const offer = parseOffer(await newPhone().offer(), { wants: 'receive' });
    const asked = send.mock.calls.length;
    const began = performance.now();
    const answer = await new Box().peer.answer(offer);
    expect(performance.now() - began, 'ms, where a STUN query would take five seconds').toBeLessThan(500);
    expect(
      send.mock.calls
        .slice(asked)
        .map(String)
        .filter((call) => /stun|:19302/.test(call)),
    ).toEqual([]);
    const lines = answer.split('\r\n');
    const candidates = lines.filter((line) => line.startsWith('a=candidate:'));
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toMatch(/ 127\.0\.0\.1 \d+ typ host/);
    for (const line of ['a=ice-lite', 'a=setup:passive', 'a=sendonly', 'a=end-of-candidates', 'a=rtcp-mux'])
      expect(lines).toContain(line);
  } finally {
    send.mockRestore();
  }
});

test('a phone hears what is sent, under the payload type that it asked for', async () => {
  const box = new Box();
  const phone = newPhone(109);
  await connect(box, phone);
  expect(box.states).toEqual(['connected']);
  for (let i = 0; i < 5; i++) send(box.peer, 65_534 + i);
  await phone.received(5);
  expect(phone.packets.map(({ sequenceNumber }) => sequenceNumber)).toEqual([65_534, 65_535, 0, 1, 2]);
  expect(new Set(phone.packets.map(({ payloadType }) => payloadType))).toEqual(new Set([109]));
});

test('what is sent stays as it was: it belongs to everyone who listens', async () => {
  const box = new Box();
  const phone = newPhone();
  await connect(box, phone);
  const payload = Buffer.from([0xf8, 1, 2, 3]);
  box.peer.send(payload, { sequenceNumber: 1, timestamp: 0, marker: true });
  await phone.received(1);
  expect([...payload]).toEqual([0xf8, 1, 2, 3]);
  expect(phone.packets[0]?.marker).toBe(true);
});

test('the box notices that the phone is still there', async () => {
  const box = new Box();
  await connect(box, newPhone());
  const { heard } = box;
  expect(heard).toBeGreaterThan(0);
  await box.until(() => box.heard > heard);
});

test('candidates that come before the offer are kept; those that are none are refused', async () => {
  const box = new Box();
  const phone = newPhone();
  const offer = parseOffer(await phone.offer(), { wants: 'receive' });
  await box.peer.addCandidates([`candidate:${phone.localCandidate.replace(/^candidate:/, '')}`]);
  await phone.accept(await box.peer.answer(offer));
  await phone.connected();
  await expect(box.peer.addCandidates(['candidate:nonsense'])).rejects.toMatchObject({ code: 'bad_sdp' });
});

test('an ICE restart is answered with new credentials and where to find the box, and hangs nobody up', async () => {
  const box = new Box();
  const phone = newPhone();
  const first = await connect(box, phone);
  const fragment = await box.peer.apply({
    userFragment: 'wxyz',
    password: '0123456789012345678901',
    candidates: [],
  });
  expect(fragment?.split('\r\n')).toEqual(expect.arrayContaining(['a=ice-lite', 'a=end-of-candidates']));
  const restarted = parseIceFragment(fragment ?? '');
  const before = parseIceFragment(fragmentOfAnswer(first));
  expect(restarted.userFragment).not.toBe(before.userFragment);
  expect(restarted.password).not.toBe(before.password);
  expect(restarted.candidates.join()).toContain('127.0.0.1');
  expect(box.states).not.toContain('closed');
});

test('half a restart is refused and changes nothing', async () => {
  const box = new Box();
  const phone = newPhone();
  await connect(box, phone);
  await expect(box.peer.apply({ userFragment: 'other', candidates: [] })).rejects.toMatchObject({
    code: 'bad_sdp',
  });
  send(box.peer, 1);
  await phone.received(1);
});

test('a closed peer stays closed, says so once, and sends nothing', async () => {
  const box = new Box();
  const phone = newPhone();
  await connect(box, phone);
  await box.peer.close();
  send(box.peer, 1);
  await box.peer.close();
  expect(box.states).toEqual(['connected', 'closed']);
  expect(phone.packets).toEqual([]);
});

test('every given address gets a socket that is bound to it', async () => {
  const box = new Box();
  const answer = await box.peer.answer(parseOffer(await newPhone().offer(), { wants: 'receive' }));
  const port = Number(/127\.0\.0\.1 (\d+) typ host/.exec(answer)?.[1]);
  const squatter = createSocket('udp4');
  const outcome = await Promise.race([
    once(squatter, 'error').then(([error]) => (error as NodeJS.ErrnoException).code),
    new Promise((resolve) => squatter.bind(port, '127.0.0.1', () => resolve('bound'))),
  ]);
  expect(outcome).toBe('EADDRINUSE');
});
