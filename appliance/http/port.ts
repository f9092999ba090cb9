import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';
import type { AddressLimits } from './address-limits.ts';

/** Who says a request so slowly holds a place for nothing (slow loris): cut off within 15 s, or 25 with a body. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 };
/** Nor does one stay who does not take their answer. */
const SILENT_MS = 60_000;
const HANDSHAKE_MS = 10_000;
const MAX_HEADERS = 64;

export interface PortOptions {
  readonly host: string;
  readonly port: number;
  readonly limits: AddressLimits;
  readonly handle: RequestListener;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** With it the port speaks HTTPS. */
  readonly certificate?: SecureContextOptions | undefined;
}

/** One port that the box answers at: HTTP, or HTTPS with a certificate. */
export class Port {
  private readonly options: PortOptions;
  private readonly server: Server | HttpsServer;

  constructor(options: PortOptions) {
    this.options = options;
    const { certificate, handle, limits, onUpgrade } = options;
    this.server = certificate
      ? createHttpsServer(
          { ...PATIENCE, ...certificate, handshakeTimeout: HANDSHAKE_MS, minVersion: 'TLSv1.2' },
          handle,
        )
      : createHttpServer(PATIENCE, handle);
    this.server.maxHeadersCount = MAX_HEADERS;
    this.server.setTimeout(SILENT_MS);
    this.server.on('connection', (socket: Socket) => limits.connected(socket));
    this.server.on('upgrade', onUpgrade);
  }

  /** The port it listens on, once started. */
  get number(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? this.options.port;
  }

  /** New connections get the new certificate; those that are open go on. */
  renew(certificate: SecureContextOptions): void {
    if ('setSecureContext' in this.server)
      this.server.setSecureContext({ ...certificate, minVersion: 'TLSv1.2' });
  }

  /** @throws when the address is taken. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
