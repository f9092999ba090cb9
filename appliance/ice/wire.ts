import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP, connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { IceUrl } from '../settings/ice-servers.ts';

/** A connection to one server, over which whole STUN messages go. */
export interface Wire {
  /** A message may be lost on the way, and is to be sent again. */
  readonly lossy: boolean;
  send(message: Buffer): void;
  close(): void;
}

export interface WireEvents {
  readonly onMessage: (message: Buffer) => void;
  /** Nothing more will come. */
  readonly onBroken: (error: Error) => void;
}

/** RFC 8489, 5: type, length of what follows, cookie, transaction. */
const HEADER = 20;
const MAX_LENGTH = 4_096;

/** @throws whatever keeps the server from being reached. */
export async function openWire(server: IceUrl, events: WireEvents, signal: AbortSignal): Promise<Wire> {
  const { address, family } = await lookup(server.host);
  signal.throwIfAborted();
  return server.transport === 'udp'
    ? openUdp({ address, family, port: server.port }, events)
    : openTcp(server, address, events);
}

async function openUdp(
  { address, family, port }: { address: string; family: number; port: number },
  { onMessage, onBroken }: WireEvents,
): Promise<Wire> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  socket.on('message', onMessage);
  // Connected, it hears of ports where nobody listens.
  socket.on('error', onBroken);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, address, resolve);
  });
  return {
    lossy: true,
    send: (message) => socket.send(message, () => undefined),
    close: () => socket.close(),
  };
}

/** Before it is connected, what is sent waits. */
function openTcp({ secure, host, port }: IceUrl, address: string, { onMessage, onBroken }: WireEvents): Wire {
  const socket: Socket = secure
    ? connectTls({ host: address, port, ...(isIP(host) === 0 && { servername: host }) })
    : connectTcp({ host: address, port });
  let arrived: Buffer = Buffer.alloc(0);
  socket.on('data', (piece: Buffer) => {
    arrived = Buffer.concat([arrived, piece]);
    while (arrived.length >= HEADER) {
      const length = HEADER + arrived.readUInt16BE(2);
      if (length > MAX_LENGTH) socket.destroy(new Error('this is not STUN'));
      if (length > MAX_LENGTH || arrived.length < length) return;
      onMessage(arrived.subarray(0, length));
      arrived = arrived.subarray(length);
    }
  });
  socket.on('error', onBroken);
  socket.on('close', () => onBroken(new Error('the server hung up')));
  return {
    lossy: false,
    send: (message) => socket.write(message),
    close: () => socket.destroy(),
  };
}
