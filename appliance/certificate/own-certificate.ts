import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { writeDurably } from '../storage/durable-file.ts';
import { makeFolder } from '../storage/make-folder.ts';
import type { Log } from '../log.ts';
import { permits } from './name-constraints.ts';
import type { Pair } from './issue.ts';
import { keyFits } from './supplied-certificate.ts';

const DAY = 24 * 3_600_000;
/** Phones' makers take at most 825 days of an authority that a person has installed. */
const LASTS = 397 * DAY;
const RENEWED_BEFORE = 60 * DAY;
const AUTHORITY_LASTS = 20 * 365 * DAY;
/** A phone's clock may be behind the box's. */
const BEFORE = 2 * DAY;

export interface OwnCertificateOptions {
  /** Keys lie there, readable by the appliance's user alone. */
  readonly directory: string;
  readonly host: string;
  /** Names and addresses by which the box is called just now. */
  readonly names: () => readonly string[];
  /** Ms since the epoch, at least this late it is: what is made must not begin in a phone's future. */
  readonly now: () => number;
  readonly log: Pick<Log, 'warn'>;
}

/** A certificate that the box makes for itself, and the authority behind it, which stays the same for phones to trust. */
export class OwnCertificate {
  private readonly options: OwnCertificateOptions;
  private authority: Pair | undefined;
  private pair: Pair | undefined;

  constructor(options: OwnCertificateOptions) {
    this.options = options;
  }

  get authorityCertificate(): X509Certificate | undefined {
    return this.authority && new X509Certificate(this.authority.cert);
  }

  /** As it is to be shown now: made anew when it runs out, or lacks a name. */
  async current(): Promise<Pair> {
    const { now } = this.options;
    this.authority ??= await this.read('authority');
    if (!this.authority || endsBefore(this.authority, now() + LASTS)) {
      this.authority = await this.makeAuthority();
      this.pair = undefined;
    } else this.pair ??= await this.read('box');
    if (!this.pair || !this.isGood(this.pair, this.authority)) this.pair = await this.make(this.authority);
    return this.pair;
  }

  private isGood(pair: Pair, authority: Pair): boolean {
    const certificate = new X509Certificate(pair.cert);
    if (endsBefore(pair, this.options.now() + RENEWED_BEFORE)) return false;
    if (!certificate.verify(new X509Certificate(authority.cert).publicKey)) return false;
    return this.names(authority).every((name) =>
      isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name),
    );
  }

  private async makeAuthority(): Promise<Pair> {
    const { host, names, now } = this.options;
    const { issueAuthority } = await import('./issue.ts');
    const authority = await issueAuthority({
      name: `Ubizo ${host}`,
      names: names(),
      notBefore: new Date(now() - BEFORE),
      notAfter: new Date(now() + AUTHORITY_LASTS),
    });
    await this.save('authority', authority);
    return authority;
  }

  private async make(authority: Pair): Promise<Pair> {
    const { issueCertificate } = await import('./issue.ts');
    const now = this.options.now();
    const pair = await issueCertificate({
      authority,
      names: this.names(authority),
      notBefore: new Date(now - BEFORE),
      notAfter: new Date(now + LASTS - BEFORE),
    });
    await this.save('box', pair);
    return pair;
  }

  /** Those that its authority may speak for. */
  private names({ cert }: Pair): readonly string[] {
    const { raw } = new X509Certificate(cert);
    return [...new Set(this.options.names())].filter((name) => permits(raw, name));
  }

  private async read(name: string): Promise<Pair | undefined> {
    try {
      const text = await readFile(this.path(name), 'utf8');
      const at = text.indexOf('-----BEGIN CERTIFICATE');
      const pair = { key: text.slice(0, at), cert: text.slice(at) };
      return keyFits(pair) ? pair : undefined;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
        this.options.log.warn({ err: error }, 'a certificate of this box cannot be read; it is made anew');
      return undefined;
    }
  }

  private async save(name: string, { key, cert }: Pair): Promise<void> {
    try {
      await makeFolder(this.options.directory);
      await writeDurably(this.path(name), `${key}\n${cert}\n`);
    } catch (error) {
      this.options.log.warn(
        { err: error },
        'the certificate of this box cannot be saved; it lasts until it is off',
      );
    }
  }

  private path(name: string): string {
    return join(this.options.directory, `${name}.pem`);
  }
}

function endsBefore({ cert }: Pair, time: number): boolean {
  return new X509Certificate(cert).validToDate.getTime() < time;
}
