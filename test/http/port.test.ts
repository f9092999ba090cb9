import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { issueAuthority, issueCertificate, type Pair } from '../../appliance/certificate/issue.ts';
import { AddressLimits } from '../../appliance/http/address-limits.ts';
import { Port } from '../../appliance/http/port.ts';

const validity = {
  notBefore: new Date(Date.now() - 86_400_000),
  notAfter: new Date(Date.now() + 86_400_000),
};

async function certificateFor(name: string): Promise<Pair> {
  const authority = await issueAuthority({ name: 'Ubizo test', names: [name], ...validity });
  return issueCertificate({ authority, names: [name], ...validity });
}

async function nameShown(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { subjectaltname = '' } = socket.getPeerCertificate();
  socket.destroy();
  return subjectaltname;
}

test('a renewed certificate is shown from the next connection on, and who is connected stays so', async () => {
  const port = new Port({
    host: '127.0.0.1',
    port: 0,
    limits: new AddressLimits(),
    handle: (_, response) => response.end('here'),
    onUpgrade: (_, socket) => socket.destroy(),
    certificate: await certificateFor('old.local'),
  });
  await port.start();
  try {
    expect(await nameShown(port.number)).toBe('DNS:old.local');
    const open = connect({ host: '127.0.0.1', port: port.number, rejectUnauthorized: false });
    await once(open, 'secureConnect');
    port.renew(await certificateFor('new.local'));
    expect(await nameShown(port.number)).toBe('DNS:new.local');
    open.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const [answer] = (await once(open, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
    open.destroy();
  } finally {
    await port.stop();
  }
});
