import { once } from 'node:events';
import { WebSocket } from 'ws';
import { readDescription, type RemoteDescription } from './sdp.ts';
import type { Signalling } from './signalling.ts';

const KEEP_ALIVE_MS = 20_000;

/** What this uses of Janus' messages (https://janus.conf.meetecho.com/docs/rest.html). */
interface JanusMessage {
  readonly janus: string;
  readonly transaction?: string;
  readonly sender?: number;
  readonly data?: { readonly id: number };
  readonly jsep?: { readonly type: string; readonly sdp: string };
  readonly error?: { readonly reason: string };
  readonly plugindata?: { readonly data?: { readonly error?: string } };
}

/** Janus' own API over a WebSocket: one session, a handle for each listener; here the server offers. */
export class JanusSignalling implements Signalling {
  private readonly socket: WebSocket;
  private readonly waiting = new Map<
    string,
    { final: (message: JanusMessage) => boolean; resolve: (message: JanusMessage) => void }
  >();
  private session = 0;
  private lastTransaction = 0;
  private keepAlive: NodeJS.Timeout | undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.take(JSON.parse(data.toString()) as JanusMessage));
  }

  static async connect(url: string): Promise<JanusSignalling> {
    const socket = new WebSocket(url, 'janus-protocol');
    await once(socket, 'open');
    const signalling = new JanusSignalling(socket);
    signalling.session = idOf(await signalling.ask({ janus: 'create' }));
    signalling.keepAlive = setInterval(() => {
      void signalling.ask({ janus: 'keepalive', session_id: signalling.session }, () => true);
    }, KEEP_ALIVE_MS);
    return signalling;
  }

  async join(
    language: number,
    describe: (offer?: RemoteDescription) => string,
  ): Promise<{ remote: RemoteDescription; leave: () => Promise<void> }> {
    const session = { session_id: this.session };
    const plugin = 'janus.plugin.streaming';
    const handle = { ...session, handle_id: idOf(await this.ask({ janus: 'attach', plugin, ...session })) };
    const { jsep } = await this.request(handle, { body: { request: 'watch', id: language + 1 } });
    const remote = readDescription(jsep?.sdp ?? '');
    await this.request(handle, {
      body: { request: 'start' },
      jsep: { type: 'answer', sdp: describe(remote) },
    });
    return {
      remote,
      leave: async () => {
        await this.ask({ janus: 'detach', ...handle });
      },
    };
  }

  close(): void {
    clearInterval(this.keepAlive);
    this.socket.close();
  }

  /** A message to the plugin: its acknowledgement comes first, its answer later. */
  private async request(handle: object, message: object): Promise<JanusMessage> {
    return this.ask({ janus: 'message', ...handle, ...message }, ({ janus }) => janus !== 'ack');
  }

  private ask(
    message: object,
    final: (message: JanusMessage) => boolean = () => true,
  ): Promise<JanusMessage> {
    const transaction = String(++this.lastTransaction);
    return new Promise<JanusMessage>((resolve) => {
      this.waiting.set(transaction, { final, resolve });
      this.socket.send(JSON.stringify({ ...message, transaction }));
    }).then((answer) => {
      const problem = answer.error?.reason ?? answer.plugindata?.data?.error;
      if (problem !== undefined) throw new Error(`Janus: ${problem}`);
      return answer;
    });
  }

  private take(message: JanusMessage): void {
    const { transaction = '' } = message;
    const asked = this.waiting.get(transaction);
    if (!asked?.final(message)) return;
    this.waiting.delete(transaction);
    asked.resolve(message);
  }
}

function idOf({ data }: JanusMessage): number {
  if (!data) throw new Error('Janus gave no number.');
  return data.id;
}
