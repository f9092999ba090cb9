import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

const LOOPBACK = '127.0.0.1';

/**
 * The network between one phone and the box: sees what the phone sends, may lose it, and can send under the phone's
 * own address, as anyone on an open Wi-Fi can.
 */
export class Relay {
  /** Whether a datagram gets through. */
  up: (datagram: Buffer) => boolean = () => true;
  down: (datagram: Buffer) => boolean = () => true;
  /** Everything that the phone has sent. */
  readonly seen: Buffer[] = [];
  private readonly towardsPhone: Socket;
  private readonly towardsBox: Socket;
  /** On this machine, whichever address it has. */
  private readonly box: { readonly address: string; readonly port: number };
  private phone: RemoteInfo | undefined;

  private constructor(towardsPhone: Socket, towardsBox: Socket, box: Relay['box']) {
    this.towardsPhone = towardsPhone;
    this.towardsBox = towardsBox;
    this.box = box;
    towardsPhone.on('message', (datagram, from) => {
      this.phone = from;
      this.seen.push(datagram);
      if (this.up(datagram)) this.inject(datagram);
    });
    towardsBox.on('message', (datagram) => {
      const { phone } = this;
      if (phone && this.down(datagram)) towardsPhone.send(datagram, phone.port, phone.address);
    });
  }

  /** @returns the relay and the answer that leads a phone through it. */
  static async before(answer: string): Promise<{ relay: Relay; answer: string }> {
    const [, address = LOOPBACK, boxPort] = /^a=candidate:.* (\S+) (\d+) typ host/m.exec(answer) ?? [];
    const box = { address, port: Number(boxPort) };
    const [towardsPhone, towardsBox] = [createSocket('udp4'), createSocket('udp4')];
    for (const [socket, here] of [
      [towardsPhone, LOOPBACK],
      [towardsBox, address],
    ] as const) {
      socket.bind(0, here);
      await once(socket, 'listening');
      socket.setRecvBufferSize(2 ** 20);
    }
    const relay = new Relay(towardsPhone, towardsBox, box);
    const { port } = towardsPhone.address();
    return {
      relay,
      answer: answer.replaceAll(` ${address} ${box.port} typ host`, ` ${LOOPBACK} ${port} typ host`),
    };
  }

  /** Sends to the box as the phone would. */
  inject(datagram: Buffer): void {
    this.towardsBox.send(datagram, this.box.port, this.box.address);
  }

  /** Resolves once the box has taken all that came before: it answers the phone's last proven check again. */
  async settled(): Promise<void> {
    const check = this.seen.findLast((datagram) => datagram.readUInt16BE(0) === 1);
    if (!check) throw new Error('The phone has not checked its path yet.');
    const transaction = check.subarray(8, 20);
    const { promise, resolve } = Promise.withResolvers<void>();
    const { down } = this;
    this.down = (datagram) => {
      const answers = datagram.readUInt16BE(0) === 0x0101 && datagram.subarray(8, 20).equals(transaction);
      if (answers) resolve();
      return !answers && down(datagram);
    };
    this.inject(check);
    await promise;
    this.down = down;
  }

  close(): void {
    this.towardsPhone.close();
    this.towardsBox.close();
  }
}
