import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Koa from 'koa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pages } from '../../appliance/http/pages.ts';
import { silentLog } from '../../appliance/log.ts';

let root: string;
let server: Server;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ubizo-pages-'));
  await mkdir(join(root, 'visitor'));
  await writeFile(join(root, 'visitor/index.html'), 'the visitor’s page');
  const handle = new Koa()
    .use(
      pages({ root, arrivals: { of: () => Promise.resolve({ tours: [], box: 'Ubizo' }) }, log: silentLog() }),
    )
    .callback();
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(async () => {
  server.close();
  await rm(root, { recursive: true });
});

test.each(['/', '/j/NPDAE5', '/j/%E0', `/j/${encodeURIComponent(Array.from('NPDAE5').join('–\u200B'))}`])(
  'the visitor’s page is at %s, and says itself what is wrong with the code',
  async (path) => {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('the visitor’s page');
  },
);

test.each([
  ['ja,en;q=0.5', '/assets/ja-1.js'],
  ['en-GB,ja;q=0.5', undefined],
  ['xx', undefined],
])('the words of %s come with the page’s program', async (wanted, file) => {
  await writeFile(
    join(root, 'visitor/index.html'),
    '<head><script type="application/json" id="texts">{"ja":"/assets/ja-1.js"}</script></head>',
  );
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    headers: { 'accept-language': wanted },
  });
  const html = await response.text();
  expect(html).not.toContain('id="texts"');
  expect(/<link rel="modulepreload" crossorigin href="([^"]+)">/.exec(html)?.[1]).toBe(file);
});

test('what the page was built with may run, and no other script in it', async () => {
  const own = 'play()';
  await writeFile(join(root, 'visitor/index.html'), `<head><script id="head-start">${own}</script></head>`);
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const hash = createHash('sha256').update(own).digest('base64');
  expect(headers.get('content-security-policy')).toContain(`script-src 'self' 'sha256-${hash}'`);
  expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*'unsafe-/);
});
