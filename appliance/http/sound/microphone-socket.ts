import { RateLimiterMemory } from 'rate-limiter-flexible';
import { WebSocket } from 'ws';
import { PhoneMicrophone } from '../../microphone/phone.ts';
import type { SocketPhone } from '../../microphone/socket-phone.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { readSoundFrame } from '../../protocol/sound-frame.ts';
import type { Tours } from '../../tour/tours.ts';
import { type Access, expectToSpeak, type Speaker } from '../access.ts';
import { takeOne } from '../address-limits.ts';
import type { OpenSocket, SocketRoute } from '../socket-route.ts';

/** As offers by WHIP: each takes the microphone from who had it. */
const SOCKETS = { points: 30, duration: 60 };
/** Frames of 10 ms, and some that had to wait. */
const FRAMES_PER_SECOND = 150;
/** So often it is looked whether the phone is still there, ms; after two looks in vain it is not. */
const LOOK_MS = 1_500;
/** Samples a second: a frame of 20 ms of the most fits into a message. */
const RATES = { least: 8_000, usual: 48_000, most: 96_000 } as const;

/** The guide's phone as the microphone, over a WebSocket: for where WHIP does not connect. */
export function microphoneSocket({
  tours,
  access,
}: {
  tours: Tours;
  access: Pick<Access, 'speaker' | 'subscribe' | 'stillMay'>;
}): SocketRoute {
  const opened = new RateLimiterMemory(SOCKETS);
  const speaking = new Map<SocketPhone, Speaker>();
  access.subscribe(() => {
    for (const [phone, who] of speaking) if (!access.stillMay(who)) phone.lose();
  });

  return {
    name: 'microphone',
    who: 'guide or publisher',
    prepare: async (request, url, id) => {
      const who = await access.speaker(request);
      const tour = tours.get(id);
      expectToSpeak(who, tour.record);
      if (tour.record.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
      await takeOne(opened, id, 'Phones ask to be the microphone too often.');
      const rate = rateOf(url);
      // Whoever brings a phone means it to be the microphone.
      if (tour.record.microphone !== 'phone') await tour.patch({ microphone: 'phone' });
      tour.wake();
      const { phone: microphone } = tour;
      if (!(microphone instanceof PhoneMicrophone))
        throw new UbizoError('tour_state', 'This tour does not use a phone as its microphone just now.');
      return (socket) => {
        socket.socket.on('error', () => socket.socket.terminate());
        const speak = async (): Promise<void> => {
          const phone = await microphone.connectSocket({ rate, onClose: () => socket.socket.close(1000) });
          speaking.set(phone, who);
          receive(socket, phone, () => speaking.delete(phone));
        };
        speak().catch(() => socket.socket.close(1011));
      };
    },
  };
}

/** @throws UbizoError `bad_request`. */
function rateOf(url: URL): number {
  const rate = Number(url.searchParams.get('rate') ?? RATES.usual);
  if (Number.isInteger(rate) && rate >= RATES.least && rate <= RATES.most) return rate;
  throw new UbizoError('bad_request', `"rate" is a number of samples a second, up to ${RATES.most}.`);
}

function receive({ socket }: OpenSocket, phone: SocketPhone, onClose: () => void): void {
  if (socket.readyState !== WebSocket.OPEN) {
    phone.lose();
    onClose();
    return;
  }
  let received = 0;
  let missed = 0;
  const looking = setInterval(() => {
    received = 0;
    if (++missed > 2) socket.terminate();
    else socket.ping();
  }, LOOK_MS);
  socket.on('pong', () => {
    missed = 0;
  });
  socket.on('message', (data, isBinary) => {
    missed = 0;
    if (++received > (FRAMES_PER_SECOND * LOOK_MS) / 1_000) {
      socket.close(1008, 'too many messages');
      return;
    }
    const frame = isBinary && Buffer.isBuffer(data) ? readSoundFrame(data) : undefined;
    if (frame) phone.hear(frame);
    else socket.close(1003, 'not a frame of sound');
  });
  socket.once('close', () => {
    clearInterval(looking);
    phone.lose();
    onClose();
  });
  // A word, so that the phone knows that it is heard.
  socket.send(JSON.stringify({ type: 'microphone' }));
}
