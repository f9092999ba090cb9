import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MediaSocket, type SocketUser } from '../../appliance/peer/media-socket.ts';

const LOOPBACK = '127.0.0.1';

/** Takes every check for proven, and answers each datagram to tell that it has come. */
class Phone implements SocketUser {
  readonly got: string[] = [];

  onCheck(datagram: Buffer, { from, via }: Parameters<SocketUser['onCheck']>[1]): boolean {
    via.send(datagram, from);
    return true;
  }

  onDtls(datagram: Buffer): void {
    this.got.push(datagram.toString('latin1', 1));
  }

  onMedia(): void {
    // Nothing is said of it here.
  }
}

let box: MediaSocket;
const sockets: Socket[] = [];

beforeEach(async () => {
  box = await MediaSocket.bind(LOOPBACK, [0]);
});

afterEach(() => {
  box.close();
  for (const socket of sockets.splice(0)) socket.close();
});

async function newPath(): Promise<Socket> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  return socket;
}

/** A binding request for this name, as far as the socket looks at it; resolves when it was answered. */
async function check(path: Socket, name: string): Promise<void> {
  const username = Buffer.from(`${name}:them`.padEnd(12));
  const head = Buffer.alloc(20);
  head.writeUInt16BE(1, 0);
  head.writeUInt16BE(4 + username.length + 24, 2);
  head.writeUInt32BE(0x2112a442, 4);
  path.send(
    Buffer.concat([
      head,
      Buffer.from([0, 6, 0, username.length]),
      username,
      Buffer.from([0, 8, 0, 20]),
      Buffer.alloc(20),
    ]),
    box.address.port,
    LOOPBACK,
  );
  await once(path, 'message');
}

function say(path: Socket, word: string): void {
  path.send(Buffer.from(`\u0016${word}`, 'latin1'), box.address.port, LOOPBACK);
}

test('a port that is given to another phone is that one’s, whatever becomes of the first', async () => {
  const [first, second] = [new Phone(), new Phone()];
  box.register('first', first);
  box.register('second', second);
  const shared = await newPath();
  await check(shared, 'first');
  say(shared, 'one');
  await check(shared, 'second');
  for (let i = 0; i < 9; i++) await check(await newPath(), 'first');
  say(shared, 'two');
  await check(shared, 'second');
  box.leave(first);
  say(shared, 'three');
  await check(shared, 'second');
  expect(first.got).toEqual(['one']);
  expect(second.got).toEqual(['two', 'three']);
});

test('of all the paths of a phone the latest eight are known', async () => {
  const phone = new Phone();
  box.register('phone', phone);
  const paths = [];
  for (let i = 0; i < 10; i++) {
    const path = await newPath();
    await check(path, 'phone');
    paths.push(path);
  }
  for (const [index, path] of paths.entries()) say(path, String(index));
  const last = paths.at(-1);
  if (last) await check(last, 'phone');
  expect(phone.got.toSorted()).toEqual(['2', '3', '4', '5', '6', '7', '8', '9']);
});

test('who is not known, or no longer, is not asked', async () => {
  const phone = new Phone();
  box.register('phone', phone);
  const [own, strange] = [await newPath(), await newPath()];
  await check(own, 'phone');
  say(strange, 'strange');
  say(own, 'own');
  await check(own, 'phone');
  box.leave(phone);
  say(own, 'late');
  await check(strange, 'phone');
  expect(phone.got).toEqual(['own']);
});
