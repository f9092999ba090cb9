import Koa from 'koa';
import * as fc from 'fast-check';
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offerDownload } from '../../appliance/http/download.ts';
import { fuzz } from '../fuzz/seed.ts';

let server: Server;
let name = '';

beforeAll(async () => {
  const koa = new Koa({ env: 'test' });
  koa.silent = true;
  koa.use((context) => {
    offerDownload(context, { name, extension: 'srt', type: 'application/x-subrip; charset=utf-8' });
    context.body = 'x';
  });
  const handle = koa.callback();
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => server.close());

async function disposition(of: string): Promise<string> {
  name = of;
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(response.status, JSON.stringify(of)).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/x-subrip; charset=utf-8');
  return response.headers.get('content-disposition') ?? '';
}

test.each([
  ['Führung Böhmen en', 'Fuhrung Bohmen en.srt', 'Führung Böhmen en.srt'],
  ['Old/town "á" 日本 es', 'Old town a es.srt', 'Old town á 日本 es.srt'],
  ['日本', 'Ubizo.srt', '日本.srt'],
  ['100%25 sure', '100 25 sure.srt', '100%25 sure.srt'],
  ['..\\..\\etc', 'etc.srt', 'etc.srt'],
  ['Altstadt \ud83d', 'Altstadt.srt', 'Altstadt.srt'],
  ['a\u202Etxt', 'a txt.srt', 'a txt.srt'],
  ['\u200B\n', 'Ubizo.srt', undefined],
])('%j is kept as %s, or as %s', async (of, ascii, full) => {
  const header = await disposition(of);
  expect(/filename="?([^";]*)"?(;|$)/.exec(header)?.[1]).toBe(ascii);
  const extended = /filename\*=UTF-8''(\S+)/.exec(header)?.[1];
  if (full !== undefined) expect(decodeURIComponent(extended ?? encodeURIComponent(ascii))).toBe(full);
});

/** RFC 6266, 4.1, with the ext-value of RFC 8187, 3.2.1. */
const GRAMMAR =
  /^attachment; filename=(?:"[ !#-[\]-~]+"|[\w!#$&+.^`|~-]+)(?:; filename\*=UTF-8''(?:%[\dA-F]{2}|[\w!#$&+.^`|~-])+)?$/;

test('no name whatever breaks it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.boolean(), (text, cut) => {
      const request = new IncomingMessage(new Socket());
      const response = new ServerResponse(request);
      const context = new Koa().createContext(request, response);
      const download = { name: cut ? `${text}\ud83d` : text, extension: 'srt', type: 'text/plain' };
      // Node refuses here what no header may hold.
      offerDownload(context, download);
      expect(response.getHeader('content-disposition')).toMatch(GRAMMAR);
    }),
    fuzz(300),
  );
});
