import { expect, it, test } from 'vitest';
import { impersonal } from '../../appliance/health/impersonal.ts';

const TAKEN: [text: string, without: string][] = [
  ['connect ECONNREFUSED 10.77.0.23:40000', 'connect ECONNREFUSED [address]:40000'],
  ['bind EADDRNOTAVAIL fe80::1ff:fe23:4567:890a', 'bind EADDRNOTAVAIL [address]'],
  ['listen on ::1 and 2001:db8:0:0:1:0:0:1', 'listen on [address] and [address]'],
  ['a phone 02:00:5e:10:00:0a has left', 'a phone [hardware address] has left'],
  ['mail to zebedaeus.quint@example.org', 'mail to [email]'],
  ['getaddrinfo ENOTFOUND stun.quint.example', 'getaddrinfo ENOTFOUND [host]'],
  ['{"hostname":"stun.quint.example","port":1}', '{"hostname":"[host]","port":1}'],
  ['wss://quint.example/v1/realtime?model=x is away', '[host] is away'],
  [
    "Host: quint.example. is not in the cert's altnames: DNS:a.example",
    "Host: [host] is not in the cert's altnames: DNS:[host]",
  ],
  ['key sk-proj-0123abc is refused', 'key [key] is refused'],
  ['ENOENT /home/quint/ubizo/data/state.json', 'ENOENT /home/[user]/ubizo/data/state.json'],
  ['tour V1StGXR8_Z5jdHi6B-myT', 'tour [id]'],
];

it.for(TAKEN)('%s', ([text, without]) => expect(impersonal(text)).toBe(without));

test('leaves what somebody who mends it needs', () => {
  for (const text of [
    '{"level":30,"time":"2026-11-30T22:12:30.345Z","port":8080,"msg":"ready"}',
    'at Socket.emit (node:events:519:28)',
    'at handshake-assembly.ts:41:12',
    'node::Environment::Exit, v24.21.0',
    'hw:CARD=PCH,DEV=0 16:45:01',
  ])
    expect(impersonal(text)).toBe(text);
});
