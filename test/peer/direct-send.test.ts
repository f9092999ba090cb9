import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { DirectSend } from '../../appliance/peer/direct-send.ts';

const open: Socket[] = [];

afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  open.push(socket);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

async function receive(count: number, from: DirectSend, write: (index: number) => number): Promise<string[]> {
  const target = await bound();
  const got: string[] = [];
  const all = new Promise<void>((resolve) => {
    target.on('message', (datagram) => {
      got.push(datagram.toString());
      if (got.length === count) resolve();
    });
  });
  for (let i = 0; i < count; i++) from.send(write(i), target.address().port, '127.0.0.1');
  await all;
  return got;
}

const texts = (count: number): string[] => Array.from({ length: count }, (_, i) => `packet ${'x'.repeat(i)}`);

test('this Node’s sockets are the known ones', async () => {
  expect(new DirectSend(await bound()).direct, 'a new Node needs a look at direct-send.ts').toBe(true);
});

test('packets made in the same bytes arrive as they were made', async () => {
  const direct = new DirectSend(await bound());
  expect(await receive(50, direct, (i) => direct.buffer.write(texts(50)[i] ?? ''))).toEqual(texts(50));
});

test('another Node’s socket is used as its documentation says', async () => {
  const socket = await bound();
  const unknown = { send: socket.send.bind(socket) } as unknown as Socket;
  const direct = new DirectSend(unknown);
  expect(direct.direct).toBe(false);
  expect(await receive(20, direct, (i) => direct.buffer.write(texts(20)[i] ?? ''))).toEqual(texts(20));
});
