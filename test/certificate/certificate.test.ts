import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Certificate } from '../../appliance/certificate/certificate.ts';
import { issueCertificate, type Pair } from '../../appliance/certificate/issue.ts';
import { silentLog } from '../../appliance/log.ts';

const DAY = 24 * 3_600_000;

let folder: string;
let now: number;
let names: string[];
let shown: Pair[];
let certificate: Certificate;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-certificate-'));
  now = Date.now();
  names = ['ubizo-7k2m.local', 'ubizo-7k2m', 'localhost', '127.0.0.1', '10.77.0.1'];
  await start();
});

afterEach(async () => {
  certificate.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The box is switched on. */
async function start(supplied?: { certificate: string; key: string }): Promise<void> {
  certificate?.stop();
  shown = [];
  certificate = new Certificate({
    directory: join(folder, 'certificate'),
    supplied,
    host: 'ubizo-7k2m',
    names: () => names,
    clock: { now: () => now, sure: () => now },
    onChange: (pair) => {
      shown.push(pair);
      return Promise.resolve();
    },
    log: silentLog(),
  });
  await certificate.start();
}

const leaf = (): X509Certificate => new X509Certificate(shown.at(-1)!.cert);
const authority = (): X509Certificate => new X509Certificate(certificate.authority!);

/** What openssl says to a certificate of this authority. */
async function opensslSays(cert: string, ...more: string[]): Promise<string> {
  const [trusted, file] = [join(folder, 'trusted.pem'), join(folder, 'leaf.pem')];
  await writeFile(trusted, authority().toString());
  await writeFile(file, cert);
  try {
    return execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', trusted, ...more, file], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

test('the box makes a certificate for its names and addresses that openssl takes', async () => {
  for (const name of ['ubizo-7k2m.local', 'localhost']) {
    expect(leaf().checkHost(name)).toBe(name);
    expect(await opensslSays(shown[0]!.cert, '-purpose', 'sslserver', '-verify_hostname', name)).toMatch(
      /: OK\s*$/,
    );
  }
  expect(await opensslSays(shown[0]!.cert, '-verify_ip', '10.77.0.1')).toMatch(/: OK\s*$/);
  expect(certificate.view).toMatchObject({ kind: 'made here', names, authorityUrl: '/ubizo.crt' });
  expect(certificate.view?.daysLeft).toBeGreaterThan(390);
  expect(certificate.view?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  const days = (leaf().validToDate.getTime() - leaf().validFromDate.getTime()) / DAY;
  expect(days, 'phones take no more of an authority that a person has installed').toBeLessThan(825);
  expect(certificate.publicName, 'visitors’ phones do not know it').toBeUndefined();
});

test('the keys are readable by the box’s user alone', async () => {
  const directory = join(folder, 'certificate');
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  const files = await readdir(directory);
  expect(files.toSorted()).toEqual(['authority.pem', 'box.pem']);
  for (const file of files) expect((await stat(join(directory, file))).mode & 0o777, file).toBe(0o600);
});

test('a phone that trusts the box trusts it for nothing on the Internet', async () => {
  const [key = '', cert = ''] = (await readFile(join(folder, 'certificate/authority.pem'), 'utf8')).split(
    /(?=-----BEGIN CERT)/,
  );
  for (const name of ['bank.example', 'ubizo-7k2m.example', '93.184.216.34', '172.32.0.1']) {
    const stolen = await issueCertificate({
      authority: { cert, key },
      names: ['x.local', name],
      notBefore: new Date(now - DAY),
      notAfter: new Date(now + DAY),
    });
    expect(await opensslSays(stolen.cert), name).toMatch(/permitted subtree violation/);
  }
  names.push('bank.example', '93.184.216.34');
  await start();
  expect(certificate.view?.names).not.toContain('bank.example');
  expect(certificate.view?.names).not.toContain('93.184.216.34');
});

test('after a restart it is the same; only a new address makes a new one, and the authority stays', async () => {
  const [before, trusted] = [leaf().fingerprint256, authority().fingerprint256];
  await start();
  expect(leaf().fingerprint256).toBe(before);
  names = names.filter((name) => name !== '10.77.0.1');
  await start();
  expect(leaf().fingerprint256, 'a name less needs nothing new').toBe(before);
  names.push('192.168.4.7');
  await start();
  expect(leaf().fingerprint256).not.toBe(before);
  expect(leaf().checkIP('192.168.4.7')).toBe('192.168.4.7');
  expect(authority().fingerprint256).toBe(trusted);
});

test('it is renewed two months before it ends, and what phones trust stays the same', async () => {
  const [before, trusted] = [leaf().fingerprint256, authority().fingerprint256];
  now += 330 * DAY;
  await start();
  expect(leaf().fingerprint256).toBe(before);
  now += 10 * DAY;
  await start();
  expect(leaf().fingerprint256).not.toBe(before);
  expect(authority().fingerprint256).toBe(trusted);
  now += 8_000 * DAY;
  await start();
  expect(authority().fingerprint256, 'after twenty years').not.toBe(trusted);
});

test('files that are broken are made anew, and HTTPS goes on', async () => {
  const trusted = authority().fingerprint256;
  await writeFile(join(folder, 'certificate/box.pem'), '');
  await start();
  expect(leaf().verify(authority().publicKey)).toBe(true);
  expect(authority().fingerprint256).toBe(trusted);
  await writeFile(join(folder, 'certificate/authority.pem'), 'garbage');
  await start();
  expect(authority().fingerprint256).not.toBe(trusted);
  expect(leaf().verify(authority().publicKey)).toBe(true);
});

test('whoever renews the supplied files changes them, and the box notices', async () => {
  const files = { certificate: join(folder, 'public.pem'), key: join(folder, 'public.key') };
  const first = shown[0]!;
  await writeFile(files.certificate, first.cert);
  await writeFile(files.key, first.key);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await start(files);
    names.push('192.168.4.7');
    await rm(join(folder, 'certificate'), { recursive: true });
    const other = new Certificate({
      directory: join(folder, 'other'),
      host: 'ubizo-7k2m',
      names: () => names,
      clock: { now: () => now, sure: () => now },
      onChange: async (pair) => {
        await writeFile(files.certificate, pair.cert);
        await writeFile(files.key, pair.key);
      },
      log: silentLog(),
    });
    await other.start();
    other.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(() => expect(shown).toHaveLength(2));
    expect(leaf().checkIP('192.168.4.7')).toBe('192.168.4.7');
  } finally {
    vi.useRealTimers();
  }
});

test('supplied files are shown; broken ones are said to be, and the box’s own takes over', async () => {
  const files = { certificate: join(folder, 'public.pem'), key: join(folder, 'public.key') };
  const given = shown[0]!;
  // As Windows' editors leave them.
  await writeFile(files.certificate, `\ufeff${given.cert.replaceAll('\n', '\r\n')}`);
  await writeFile(files.key, `\ufeff${given.key.replaceAll('\n', '\r\n')}`);
  await start(files);
  expect(certificate.view).toMatchObject({ kind: 'supplied' });
  expect(certificate.view).not.toHaveProperty('authorityUrl');
  expect(certificate.authority).toBeUndefined();
  expect(certificate.publicName).toBe('ubizo-7k2m.local');
  for (const [path, text, says] of [
    [files.key, await readFile(join(folder, 'certificate/authority.pem'), 'utf8'), 'is not that of'],
    [files.key, 'garbage', 'holds no key'],
    [files.certificate, 'garbage', 'holds no certificate'],
  ] as const) {
    await writeFile(path, text);
    await start(files);
    expect(certificate.problem).toMatchObject({ code: 'certificate_broken' });
    expect(certificate.problem?.message).toContain(says);
    expect(certificate.problem?.message).not.toContain('PRIVATE');
    expect(certificate.view).toMatchObject({ kind: 'made here' });
  }
  await rm(files.certificate);
  await start(files);
  expect(certificate.problem?.message).toContain('cannot be read');
});
