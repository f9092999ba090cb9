import type { Socket } from 'node:dgram';

/** Node's own binding to a UDP socket, beneath `dgram`. @returns over 0: sent at once. 0: waits. Below: an errno. */
interface UdpHandle {
  send(
    request: object,
    buffers: Uint8Array[],
    count: number,
    port: number,
    address: string,
    callback: boolean,
  ): number;
}

interface UdpBinding {
  readonly SendWrap: new () => object;
}

/** A packet's longest, bytes: both frames of a redundant payload, header and tag. */
const MAX_PACKET = 1_600;

/**
 * Sends packets that are made in one buffer, without an object for each: `dgram` makes a request, an array, a view and
 * two closures for every packet, and looks its address up. The kernel takes a datagram at once or has no room for it;
 * only then does anything have to be kept, and new objects are used from then on. This is the only file that knows
 * Node's insides; without them (another Node) `dgram` serves, at its price.
 */
export class DirectSend {
  /** Where the next packet is written. It may be another after each {@link send}. */
  buffer = Buffer.alloc(MAX_PACKET);
  private readonly socket: Socket;
  private readonly handle: UdpHandle | undefined;
  private readonly list: Uint8Array[] = [this.buffer];
  private views: (Buffer | undefined)[] = [];
  private request: object | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    this.handle = handleOf(socket);
    this.request = this.handle && newRequest();
  }

  /** Whether Node's insides are the ones that are known. */
  get direct(): boolean {
    return this.request !== undefined;
  }

  /** Any other datagram: the same way, for a check is answered as often as every third second for each phone. */
  sendCopy(datagram: Buffer, port: number, address: string): void {
    if (datagram.length > MAX_PACKET) {
      this.socket.send(datagram, port, address);
      return;
    }
    this.buffer.set(datagram);
    this.send(datagram.length, port, address);
  }

  /** Hot path: the first `length` bytes of {@link buffer}. */
  send(length: number, port: number, address: string): void {
    const { handle, request, list } = this;
    if (!handle || !request) {
      this.socket.send(Buffer.from(this.buffer.subarray(0, length)), port, address);
      return;
    }
    list[0] = this.views[length] ??= this.buffer.subarray(0, length);
    if (handle.send(request, list, 1, port, address, false) !== 0) return;
    // It waits in the kernel's stead, with the request and these bytes.
    this.request = newRequest();
    this.buffer = Buffer.alloc(MAX_PACKET);
    this.views = [];
  }
}

function handleOf(socket: Socket): UdpHandle | undefined {
  for (const key of Object.getOwnPropertySymbols(socket)) {
    const state: unknown = Reflect.get(socket, key);
    if (typeof state !== 'object' || state === null || !('handle' in state)) continue;
    const handle = state.handle as Partial<UdpHandle> | null;
    if (typeof handle?.send === 'function') return handle as UdpHandle;
  }
  return undefined;
}

function newRequest(): object | undefined {
  try {
    const { SendWrap } = (process as unknown as { binding(name: 'udp_wrap'): UdpBinding }).binding(
      'udp_wrap',
    );
    return new SendWrap();
  } catch {
    return undefined;
  }
}
