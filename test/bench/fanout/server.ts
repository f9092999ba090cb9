import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerAll } from './child.ts';
import { FrameClock, mediaTime, type Schedule } from './clock.ts';
import { collect } from './collect.ts';
import { makePayload } from './payload.ts';

/** A way of sending sound to many listeners, in a process that the bench has made for it. */
export interface FanOutServer {
  readonly size: number;
  /** @returns what the listener is to be known by, and the SDP answer to its offer. */
  open(language: number, offer: string): Promise<{ id: string; answer: string }>;
  close(id: string): Promise<void> | void;
  /** One frame to everyone who hears the language. @param timestamp 48 kHz, not wrapped. */
  feed(language: number, payload: Buffer, timestamp: number): void;
  /** How late the packets left since this was last asked, where the server knows. */
  takePunctuality?(): SendLateness;
}

/** From the frame handed over to its last packet's departure, ms. */
export interface SendLateness {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** What the bench asks of a server's process. */
export interface ServerDialogue {
  readonly start: { ask: { frameMs: number; bytes: number }; reply: { url: string } };
  readonly feed: { ask: Schedule; reply: undefined };
  /** Replied is how many frames each language had. */
  readonly stop: { ask: object; reply: number };
  readonly size: { ask: object; reply: number };
  /** Memory that nobody needs is given back. */
  readonly collect: { ask: object; reply: void };
  readonly punctuality: { ask: object; reply: SendLateness | undefined };
}

/** Runs a server in this process, with WHEP (draft-ietf-wish-whep) in front: `POST /whep/LANGUAGE`. */
export function serve(create: (options: { frameMs: number }) => Promise<FanOutServer>): void {
  let server: FanOutServer | undefined;
  let bytes = 0;
  let clock: FrameClock | undefined;
  answerAll<ServerDialogue>({
    start: async (options) => {
      ({ bytes } = options);
      const created = await create(options);
      server = created;
      return { url: await listen(created) };
    },
    feed: (schedule) => {
      clock = new FrameClock({
        schedule,
        tick: (language, frame, due) =>
          server?.feed(language, makePayload({ language, frame, bytes }), mediaTime(due)),
      });
      clock.start();
      return undefined;
    },
    stop: async () => (await clock?.stop()) ?? 0,
    size: () => server?.size ?? 0,
    collect,
    punctuality: () => server?.takePunctuality?.(),
  });
}

function listen(server: FanOutServer): Promise<string> {
  const http = createServer((request, response) => {
    handle(server, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  return new Promise((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(http.address() as AddressInfo).port}`));
  });
}

async function handle(
  server: FanOutServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, , name = ''] = (request.url ?? '').split('/');
  if (request.method === 'DELETE') {
    await server.close(name);
    response.writeHead(200).end();
    return;
  }
  const body: Buffer[] = [];
  for await (const chunk of request) body.push(chunk as Buffer);
  const { id, answer } = await server.open(Number(name), Buffer.concat(body).toString());
  response.writeHead(201, { 'content-type': 'application/sdp', location: `/listener/${id}` }).end(answer);
}
