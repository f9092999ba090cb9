import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestBox } from './test-box.ts';

let box: TestBox;

beforeAll(async () => {
  box = await TestBox.start();
});

afterAll(() => box.stop());

/** What the box says to a target that `fetch` would tidy. */
async function ask(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; code: string }> {
  const { hostname, port } = new URL(box.url);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // A connection each: none is closed by the box while it is taken for the next.
  const asked: ClientRequest = request({
    agent: false,
    hostname,
    port,
    path,
    headers: { cookie: box.cookie, ...headers },
  });
  asked.once('response', resolve).once('error', reject).end();
  const answer = await promise;
  const body = Buffer.concat(await answer.toArray()).toString();
  const { error } = JSON.parse(body) as { error: { code: string } };
  return { status: answer.statusCode ?? 0, code: error.code };
}

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

test.each([
  ['/api/tours/by-code/%E0', 404, 'code_unknown'],
  ['/api/tours/by-code/%E2%80%8B', 404, 'code_unknown'],
  ['/api/tours/%E0', 404, 'tour_not_found'],
  ['/api/tours/%E0/transcripts/%FF', 404, 'tour_not_found'],
  ['/assets/%E0', 404, 'not_found'],
  ['/%E0', 404, 'not_found'],
  ['//', 404, 'not_found'],
  ['//[', 404, 'not_found'],
  ['http://[/', 400, 'bad_request'],
  ['http://', 400, 'bad_request'],
])('%s is answered like any address where nothing is', async (path, status, code) => {
  expect(await ask(path)).toEqual({ status, code });
});

test.each([
  ['/api/tours/%E0/events', 404, 'not_found'],
  ['//', 404, 'not_found'],
  ['//x:99999/', 404, 'not_found'],
  ['http://[/', 400, 'bad_request'],
])('so it is by the sockets: %s', async (path, status, code) => {
  expect(await ask(path, UPGRADE)).toEqual({ status, code });
});
