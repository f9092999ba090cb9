/** Runs inside a network of the lab: does what a phone, or a neighbour, would do there. Told by its parent over IPC. */
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Neighbour, recordsIn } from '../mdns/neighbour.ts';
import type { Answer, Asking } from '../portal/phone.ts';

export type Deed =
  | ({ readonly do: 'http'; readonly url: string } & Asking)
  | { readonly do: 'tcp'; readonly host: string; readonly port: number }
  | { readonly do: 'udp'; readonly host: string; readonly port: number }
  | { readonly do: 'lookup'; readonly name: string; readonly type: 'A' | 'AAAA' | 'HTTPS' }
  | { readonly do: 'serve'; readonly port: number }
  | {
      readonly do: 'relay';
      readonly host: string;
      readonly username: string;
      readonly password: string;
      readonly to: string;
    }
  | { readonly do: 'mdns'; readonly name: string; readonly type: 'A' | 'PTR' | 'SRV' | 'TXT' };

export type Reach = 'open' | 'refused' | 'silent';

/** Longer than any answer of a network within one machine takes. */
const SILENCE_MS = 3_000;

const own = (): string =>
  Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '';

function http(
  url: string,
  { method = 'GET', userAgent = '', language = '', headers = {}, content }: Asking,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      {
        method,
        timeout: 10_000,
        agent: false,
        headers: {
          ...(userAgent && { 'user-agent': userAgent }),
          ...(language && { 'accept-language': language }),
          ...headers,
        },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asking.on('error', reject);
    asking.on('timeout', () => asking.destroy(new Error(`${url} does not answer`)));
    asking.end(content);
  });
}

function tcp(host: string, port: number): Promise<{ reach: Reach; ms: number }> {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reach: Reach): void => {
      socket.destroy();
      resolve({ reach, ms: performance.now() - began });
    };
    socket.on('connect', () => end('open'));
    socket.on('error', () => end('refused'));
    socket.setTimeout(SILENCE_MS, () => end('silent'));
  });
}

/** A connected socket hears of ICMP's “unreachable”. */
function udp(host: string, port: number): Promise<{ reach: Reach }> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    let over = false;
    const end = (reach: Reach): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      socket.close();
      resolve({ reach });
    };
    const timer = setTimeout(() => end('silent'), SILENCE_MS);
    socket.on('error', () => end('refused'));
    socket.on('message', () => end('open'));
    socket.connect(port, host, () => {
      socket.send('?');
      // The refusal is told with the next call.
      setTimeout(() => over || socket.send('?'), 200);
    });
  });
}

/** Whether a TURN server would hand on what is for `to`. */
async function relay({
  host,
  username,
  password,
  to,
}: Record<'host' | 'username' | 'password' | 'to', string>): Promise<{ reach: Reach }> {
  const { createTurnClient } = await import('werift');
  const turn = await createTurnClient({ address: [host, 3478], username, password }, { transport: 'tcp' });
  try {
    return await turn.getPermission([to, 40_000]).then(
      () => ({ reach: 'open' as const }),
      () => ({ reach: 'refused' as const }),
    );
  } finally {
    await turn.close();
  }
}

async function lookup(name: string, type: string): Promise<unknown> {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers(
    [...readFileSync('/etc/resolv.conf', 'utf8').matchAll(/^nameserver (\S+)/gm)].map(
      ([, server = '']) => server,
    ),
  );
  try {
    return await resolver.resolve(name, type);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

function serve(port: number): Promise<void> {
  const server = createServer((_, response) => response.end('not for visitors'));
  return new Promise((resolve) => server.listen(port, '0.0.0.0', () => resolve()));
}

/** Asks by multicast until somebody answers. */
async function mdns(name: string, type: string): Promise<readonly unknown[]> {
  const neighbour = new Neighbour(own());
  try {
    const asking = setInterval(() => void neighbour.ask({ questions: [{ name, type: type as 'A' }] }), 250);
    const answer = await neighbour.response(({ answers = [] }) =>
      answers.some(
        (each) => each.name === name && each.type === type && 'ttl' in each && (each.ttl ?? 0) > 0,
      ),
    );
    clearInterval(asking);
    return recordsIn(answer).map((record) => ({ ...record, data: readable(record.data) }));
  } finally {
    await neighbour.stop();
  }
}

function readable(data: unknown): unknown {
  return Array.isArray(data) ? data.map(String) : data;
}

function perform(deed: Deed): Promise<unknown> {
  switch (deed.do) {
    case 'http':
      return http(deed.url, deed);
    case 'tcp':
      return tcp(deed.host, deed.port);
    case 'udp':
      return udp(deed.host, deed.port);
    case 'relay':
      return relay(deed);
    case 'lookup':
      return lookup(deed.name, deed.type);
    case 'serve':
      return serve(deed.port);
    case 'mdns':
      return mdns(deed.name, deed.type);
    default:
      return Promise.reject(new Error('There is no such deed.'));
  }
}

process.on('message', ({ id, deed }: { id: number; deed: Deed }) => {
  perform(deed).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
