import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  classes,
  DtlsClient,
  keyLength,
  Message,
  methods,
  parseMessage,
  RTCDtlsTransport,
  RtcpReceiverInfo,
  RtcpRrPacket,
  saltLength,
  SrtcpSession,
  SrtpSession,
  type ProtectionProfileAeadAes128Gcm,
  type ProtectionProfileAes128CmHmacSha1_80,
} from 'werift';
import { monotonicMs } from './clock.ts';
import type { Reception } from './reception.ts';
import { type RemoteDescription, writeDescription } from './sdp.ts';
import type { Signalling } from './signalling.ts';

export type SrtpProfile = typeof ProtectionProfileAeadAes128Gcm | typeof ProtectionProfileAes128CmHmacSha1_80;

const CHECK_AGAIN_MS = 100;
const PATIENCE_MS = 60_000;
/** First bytes, RFC 8489, 5 and RFC 7983. */
const BINDING_SUCCESS = [1, 1] as const;
const DTLS_FIRST = 20;
const DTLS_LAST = 63;
const MEDIA = 128;
const RTCP_FIRST = 192;
const RTCP_LAST = 223;
/** RFC 6347, 4.3.2. */
const HANDSHAKE = 22;
const RECORD_HEADER = 13;
const HELLO_VERIFY_REQUEST = 3;

/**
 * A visitor's phone, reduced to what a server can tell from a real one: it offers, checks its path (RFC 8445), shakes
 * hands (DTLS 1.2, by werift), confirms every few seconds that it is there (RFC 7675), and reports what it receives
 * (RFC 3550, 6.4.2). What it receives is counted, and not decrypted.
 */
export class Phone {
  readonly reception: Reception;
  /** Of the handshake; from it a session is made by who wants to look inside. */
  session: SrtpSession | undefined;
  inspect: ((packet: Buffer, frame: number) => void) | undefined;
  /** On the shared clock, ms: when the server last answered a check. */
  answeredAt = 0;
  private readonly profile: SrtpProfile;
  private readonly red: boolean;
  private readonly socket: Socket = createSocket('udp4');
  private readonly userFragment = randomBytes(3).toString('hex');
  private readonly password = randomBytes(12).toString('hex');
  private check: Buffer = Buffer.alloc(0);
  private rtcp: SrtcpSession | undefined;
  private source = 0;
  private leaveServer: (() => Promise<void>) | undefined;

  constructor({ reception, profile, red }: { reception: Reception; profile: SrtpProfile; red: boolean }) {
    this.reception = reception;
    this.profile = profile;
    this.red = red;
    // A closed port at the other end is told by ICMP; whoever waits notices by the silence.
    this.socket.on('error', () => undefined);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** Resolves when the connection stands. @throws when it does not within a minute. */
  async join(signalling: Signalling): Promise<void> {
    const { socket, userFragment, password, red } = this;
    socket.bind(0);
    await once(socket, 'listening');
    const certificate = await RTCDtlsTransport.SetupCertificate();
    const local = {
      userFragment,
      password,
      fingerprint: certificate.getFingerprints()[0]?.value ?? '',
      port: this.port,
      red,
    };
    const { remote, leave } = await signalling.join(this.reception.language, (offer) =>
      writeDescription(local, offer),
    );
    this.leaveServer = leave;
    socket.connect(remote.port, remote.address);
    await once(socket, 'connect');
    this.check = this.writeCheck(remote);
    await this.checkPath();
    await this.shakeHands(certificate);
    socket.removeAllListeners('message');
    socket.on('message', this.receive);
  }

  async leave(): Promise<void> {
    this.socket.close();
    await this.leaveServer?.();
  }

  /** The same bytes each time: they prove as much, and cost nothing. */
  sendCheck(): void {
    this.socket.send(this.check);
  }

  sendReport(): void {
    const { rtcp, source, reception } = this;
    if (!rtcp || source === 0) return;
    const report = new RtcpReceiverInfo({
      ssrc: source,
      fractionLost: 0,
      packetsLost: 0,
      highestSequence: reception.highestSequenceNumber,
      jitter: 0,
      lsr: 0,
      dlsr: 0,
    });
    this.socket.send(rtcp.encrypt(new RtcpRrPacket({ ssrc: 1, reports: [report] }).serialize()));
  }

  /** Hot path: everything that comes once the connection stands. */
  private readonly receive = (packet: Buffer): void => {
    const kind = packet[0] ?? 0;
    if (kind < MEDIA) {
      this.receiveCheck(packet);
      return;
    }
    const type = packet[1] ?? 0;
    if (type >= RTCP_FIRST && type <= RTCP_LAST) return;
    if (this.source === 0) this.source = packet.readUInt32BE(8);
    const frame = this.reception.receive(packet, monotonicMs());
    if (this.inspect && frame >= 0) this.inspect(packet, frame);
  };

  /** STUN (RFC 8489): an answer to a check of this phone's, or a check by a server that is no lite agent. */
  private receiveCheck(packet: Buffer): void {
    if (packet[0] === BINDING_SUCCESS[0] && packet[1] === BINDING_SUCCESS[1]) {
      this.answeredAt = monotonicMs();
      return;
    }
    const request = parseMessage(packet);
    if (request?.messageMethod !== methods.BINDING || request.messageClass !== classes.REQUEST) return;
    const { address, port } = this.socket.remoteAddress();
    this.socket.send(
      new Message(methods.BINDING, classes.RESPONSE, request.transactionId)
        .setAttribute('XOR-MAPPED-ADDRESS', [address, port])
        .addMessageIntegrity(Buffer.from(this.password))
        .addFingerprint().bytes,
    );
  }

  private writeCheck({ userFragment, password }: RemoteDescription): Buffer {
    return new Message(methods.BINDING, classes.REQUEST)
      .setAttribute('USERNAME', `${userFragment}:${this.userFragment}`)
      .setAttribute('PRIORITY', 1_853_824_767)
      .setAttribute('ICE-CONTROLLING', randomBytes(8).readBigUInt64BE())
      .setAttribute('USE-CANDIDATE', null)
      .addMessageIntegrity(Buffer.from(password))
      .addFingerprint().bytes;
  }

  private async checkPath(): Promise<void> {
    const { socket } = this;
    const again = setInterval(() => this.sendCheck(), CHECK_AGAIN_MS);
    try {
      this.sendCheck();
      await within(
        'the server answers no check',
        new Promise<void>((resolve) => {
          socket.on('message', (packet) => {
            this.receiveCheck(packet);
            if (this.answeredAt > 0) resolve();
          });
        }),
      );
    } finally {
      clearInterval(again);
    }
  }

  private async shakeHands(
    certificate: Awaited<ReturnType<typeof RTCDtlsTransport.SetupCertificate>>,
  ): Promise<void> {
    const { socket, profile } = this;
    const transport = {
      type: 'ice',
      closed: false,
      address: { address: '', family: '', port: 0 },
      onData: (): void => undefined,
      send: (data: Buffer): Promise<void> => {
        socket.send(data);
        return Promise.resolve();
      },
      close: (): Promise<void> => Promise.resolve(),
    } as { onData: (data: Buffer) => void } & ConstructorParameters<typeof DtlsClient>[0]['transport'];
    const dtls = new DtlsClient({
      cert: certificate.certPem,
      key: certificate.privateKey,
      signatureHash: certificate.signatureHash,
      transport,
      srtpProfiles: [profile],
      extendedMasterSecret: true,
    });
    let verified = false;
    socket.on('message', (packet) => {
      const kind = packet[0] ?? 0;
      if (kind < DTLS_FIRST || kind > DTLS_LAST) return;
      // On a busy machine hellos are sent again and answered again: a second answer would end the library's handshake.
      const verifies = kind === HANDSHAKE && packet[RECORD_HEADER] === HELLO_VERIFY_REQUEST;
      if (!verifies || !verified) transport.onData(packet);
      verified ||= verifies;
    });
    const connected = new Promise<void>((resolve, reject) => {
      dtls.onConnect.once(() => resolve());
      dtls.onError.once(reject);
    });
    dtls.connect().catch(() => undefined);
    await within('the handshake does not end', connected);
    this.takeKeys(dtls);
  }

  private takeKeys(dtls: DtlsClient): void {
    const profile = dtls.srtp.srtpProfile;
    if (profile !== this.profile) throw new Error('The server chose a profile that was not offered.');
    const keys = dtls.extractSessionKeys(keyLength(profile), saltLength(profile));
    const config = {
      profile,
      keys: {
        localMasterKey: keys.localKey,
        localMasterSalt: keys.localSalt,
        remoteMasterKey: keys.remoteKey,
        remoteMasterSalt: keys.remoteSalt,
      },
    };
    this.rtcp = new SrtcpSession(config);
    this.session = new SrtpSession(config);
  }
}

async function within<T>(problem: string, done: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(problem)), PATIENCE_MS);
  });
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
