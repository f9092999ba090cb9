import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { MediaAddress } from './answer.ts';
import { DirectSend } from './direct-send.ts';
import type { Remote } from './remote.ts';
import { type BindingRequest, readRequest } from './stun.ts';

/** Whoever has packets coming on a socket. */
export interface SocketUser {
  /** A connectivity check that names this user. @returns whether it proved itself: then its sender is this user. */
  onCheck(
    datagram: Buffer,
    check: BindingRequest & { readonly from: Remote; readonly via: MediaSocket },
  ): boolean;
  onDtls(datagram: Buffer): void;
  onMedia(datagram: Buffer): void;
}

/** Of one phone: its interfaces and what a NAT makes of them. */
const MAX_PATHS = 8;
/** The kernel halves or caps what it is asked for; see docs/install.md for its own limits. */
const BUFFER_BYTES = 4 * 2 ** 20;
/** More packets than this waiting in the socket, and the next ones are left out: late sound is of no use. */
const MAX_WAITING = 1_024;

/**
 * One UDP socket on one of the box's addresses, shared by all the connections of a thread: one port to open in a
 * firewall, and no file for each listener. Who a packet is for follows from its first byte (RFC 7983) and from the
 * path that a proven check came on.
 */
export class MediaSocket {
  private readonly local: MediaAddress;
  private readonly socket: Socket;
  private readonly users = new Map<string, SocketUser>();
  private readonly paths = new Map<string, SocketUser>();
  private readonly pathsOf = new Map<SocketUser, Set<string>>();
  private dropped = 0;
  private blocked = false;
  private readonly direct: DirectSend;

  private constructor(socket: Socket, local: MediaAddress) {
    this.socket = socket;
    this.local = local;
    this.direct = new DirectSend(socket);
    socket.on('message', (datagram, from) => this.receive(datagram, from));
    // A single failed send or receive is a lost packet; the phone asks again or conceals it.
    socket.on('error', () => undefined);
    try {
      socket.setSendBufferSize(BUFFER_BYTES);
      socket.setRecvBufferSize(BUFFER_BYTES);
    } catch {
      // The default serves, with less room for bursts.
    }
  }

  /** Binds the first free port of `ports` (0: any). @throws what the last attempt threw. */
  static async bind(address: string, ports: Iterable<number>): Promise<MediaSocket> {
    let failure: unknown = new Error('no port to bind');
    for (const port of ports) {
      const socket = createSocket({
        type: isIPv6(address) ? 'udp6' : 'udp4',
        // Only ever given addresses: asking the resolver would take a turn of the event loop for each packet.
        lookup: (host, _, callback) => callback(null, host, isIPv6(host) ? 6 : 4),
      });
      try {
        await new Promise<void>((resolve, reject) => {
          socket.once('error', reject);
          socket.bind({ address, port, exclusive: true }, () => {
            socket.off('error', reject);
            resolve();
          });
        });
        return new MediaSocket(socket, { address, port: socket.address().port });
      } catch (error) {
        socket.close();
        failure = error;
      }
    }
    throw failure;
  }

  get address(): MediaAddress {
    return this.local;
  }

  /** Checks that carry this name go to `user`. */
  register(userFragment: string, user: SocketUser): void {
    this.users.set(userFragment, user);
  }

  forget(userFragments: readonly string[], user: SocketUser): void {
    for (const name of userFragments) if (this.users.get(name) === user) this.users.delete(name);
  }

  leave(user: SocketUser): void {
    for (const path of this.pathsOf.get(user) ?? []) this.paths.delete(path);
    this.pathsOf.delete(user);
  }

  /** Before a frame goes out: looks whether the network takes packets at all. */
  look(): void {
    this.blocked = this.socket.getSendQueueCount() > MAX_WAITING;
  }

  /** Where the next packet of sound is made. */
  get packet(): Buffer {
    return this.direct.buffer;
  }

  /** Hot path: the first `length` bytes of {@link packet}. */
  sendPacket(length: number, to: Remote): void {
    if (this.blocked) this.dropped++;
    else this.direct.send(length, to.port, to.address);
  }

  send(datagram: Buffer, to: Remote): void {
    this.direct.sendCopy(datagram, to.port, to.address);
  }

  /** Packets left out because the network took none, since the last time this was asked. */
  takeDropped(): number {
    const { dropped } = this;
    this.dropped = 0;
    return dropped;
  }

  close(): void {
    this.users.clear();
    this.paths.clear();
    this.pathsOf.clear();
    this.socket.close();
  }

  private receive(datagram: Buffer, from: RemoteInfo): void {
    const kind = datagram[0] ?? 255;
    if (kind <= 3) this.check(datagram, from);
    else if (kind >= 20 && kind <= 63) this.paths.get(pathOf(from))?.onDtls(datagram);
    else if (kind >= 128 && kind <= 191) this.paths.get(pathOf(from))?.onMedia(datagram);
  }

  private check(datagram: Buffer, from: Remote): void {
    const request = readRequest(datagram);
    const user = request && this.users.get(request.addressee);
    if (!request || !user?.onCheck(datagram, { ...request, from, via: this })) return;
    const path = pathOf(from);
    const before = this.paths.get(path);
    if (before === user) return;
    // A NAT has given the port to another phone.
    if (before) this.pathsOf.get(before)?.delete(path);
    this.paths.set(path, user);
    const known = this.pathsOf.get(user) ?? new Set();
    this.pathsOf.set(user, known.add(path));
    const [oldest = ''] = known;
    if (known.size > MAX_PATHS && known.delete(oldest)) this.paths.delete(oldest);
  }
}

function pathOf({ address, port }: Remote): string {
  return `${address} ${port}`;
}
