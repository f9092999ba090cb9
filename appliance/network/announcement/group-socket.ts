import { createSocket, type Socket } from 'node:dgram';
import { BlockList, isIPv6 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

export interface Sender {
  readonly address: string;
  readonly port: number;
}

export interface GroupSocketOptions {
  /** The box's address on the network that this speaks on, and on no other. */
  readonly address: string;
  readonly onMessage: (raw: Buffer, from: Sender) => void;
  /** Cannot go on. */
  readonly onFailure: (error: Error) => void;
}

/** RFC 6762, 3. */
export const MDNS_PORT = 5_353;
const GROUP_4 = '224.0.0.251';
const GROUP_6 = 'ff02::fb';

/** The socket of multicast DNS on one network. */
export class GroupSocket {
  private readonly options: GroupSocketOptions;
  private readonly group: string;
  private readonly socket: Socket;
  private readonly link = new BlockList();
  private open = true;

  constructor(options: GroupSocketOptions) {
    this.options = options;
    const six = isIPv6(options.address);
    this.group = six ? GROUP_6 : GROUP_4;
    this.socket = createSocket({
      type: six ? 'udp6' : 'udp4',
      reuseAddr: true,
      // Only ever given addresses; and a packet that cannot go must fail here, not in the resolver.
      lookup: (host, _, callback) => callback(null, host, six ? 6 : 4),
    });
  }

  /** Where its messages come from: with IPv6 that is the interface's own address of the link (RFC 6724, 5). */
  get source(): string {
    const { address } = this.options;
    if (!isIPv6(address)) return address;
    const near = networkInterfaces()[interfaceOf(address)?.name ?? ''] ?? [];
    return near.find((each) => /^fe80:/i.test(each.address))?.address ?? address;
  }

  /** Resolves once it can hear and speak. @throws what the network said. */
  async start(): Promise<void> {
    const { address, onFailure, onMessage } = this.options;
    const { socket, group } = this;
    const six = isIPv6(address);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      // Bound to its address, Linux would let no multicast in.
      socket.bind({ port: MDNS_PORT, address: six ? '::' : '0.0.0.0' }, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    const { name, cidr } = interfaceOf(address) ?? {};
    const outlet = six ? `::%${name}` : address;
    socket.addMembership(group, outlet);
    // With it packets leave there, route or no route.
    socket.setMulticastInterface(outlet);
    socket.setMulticastTTL(255);
    socket.setMulticastLoopback(true);
    const [network = '', length] = cidr?.split('/') ?? [];
    if (length !== undefined) this.link.addSubnet(network, Number(length), six ? 'ipv6' : 'ipv4');
    if (six) this.link.addSubnet('fe80::', 10, 'ipv6');
    socket.on('error', onFailure);
    socket.on('message', (raw, from) => {
      // Linux gives it what other networks' groups say, too; and nobody from afar has a say here (RFC 6762, 11).
      if (this.isOnLink(from)) onMessage(raw, from);
    });
  }

  /** To everybody there. Whether it went out is not known anyway; a network that is gone takes nothing. */
  async tell(message: Buffer): Promise<void> {
    await this.send(message, { address: this.group, port: MDNS_PORT });
  }

  async send(message: Buffer, { address, port }: Sender): Promise<void> {
    if (!this.open) return;
    await new Promise<void>((resolve) => this.socket.send(message, port, address, () => resolve()));
  }

  async stop(): Promise<void> {
    if (!this.open) return;
    this.open = false;
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }

  private isOnLink({ address }: Sender): boolean {
    const six = isIPv6(address);
    return this.link.check(address.replace(/%.*/, ''), six ? 'ipv6' : 'ipv4');
  }
}

/** The interface that has the address, or, on loopback, the network around it. */
function interfaceOf(address: string): { readonly name: string; readonly cidr: string } | undefined {
  const all = Object.entries(networkInterfaces()).flatMap(([name, each]) =>
    (each ?? []).flatMap((info) => (info.cidr === null ? [] : [{ ...info, name, cidr: info.cidr }])),
  );
  return all.find((each) => each.address === address) ?? all.find((each) => holds(each, address));
}

function holds({ cidr, family }: NetworkInterfaceInfo, address: string): boolean {
  if ((family === 'IPv6') !== isIPv6(address)) return false;
  const [network = '', length] = cidr?.split('/') ?? [];
  const list = new BlockList();
  list.addSubnet(network, Number(length), family === 'IPv6' ? 'ipv6' : 'ipv4');
  return list.check(address, family === 'IPv6' ? 'ipv6' : 'ipv4');
}
