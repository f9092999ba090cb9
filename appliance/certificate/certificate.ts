import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Log } from '../log.ts';
import type { DeviceView } from '../protocol/accounts.ts';
import { type Problem, UbizoError } from '../protocol/errors.ts';
import type { Pair } from './issue.ts';
import { OwnCertificate } from './own-certificate.ts';
import { readSupplied, type SuppliedFiles } from './supplied-certificate.ts';

const DAY = 24 * 3_600_000;
const LOOK_EVERY_MS = 60_000;

export interface CertificateOptions {
  readonly directory: string;
  readonly supplied?: SuppliedFiles | undefined;
  readonly host: string;
  readonly names: () => readonly string[];
  readonly clock: { now(): number; sure(): number };
  /** There is one, or another: to be shown from now on. */
  readonly onChange: (pair: Pair) => Promise<void>;
  readonly log: Log;
}

/** What the box shows over HTTPS: files that it was given, or what it makes itself, also while those are broken. */
export class Certificate {
  private readonly options: CertificateOptions;
  private readonly own: OwnCertificate;
  private shown: { readonly pair: Pair; readonly kind: 'made here' | 'supplied' } | undefined;
  private broken: Problem | undefined;
  private failing = false;
  private looking: NodeJS.Timeout | undefined;

  constructor(options: CertificateOptions) {
    this.options = options;
    this.own = new OwnCertificate({ ...options, now: () => options.clock.sure() });
  }

  async start(): Promise<void> {
    await this.look();
    this.looking = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.looking);
  }

  get problem(): Problem | undefined {
    return this.broken;
  }

  /** The authority's, DER, for phones to trust; none of supplied files. */
  get authority(): Buffer | undefined {
    return this.shown?.kind === 'made here' ? this.own.authorityCertificate?.raw : undefined;
  }

  get view(): DeviceView['certificate'] {
    if (!this.shown) return undefined;
    const { pair, kind } = this.shown;
    const certificate = new X509Certificate(pair.cert);
    return {
      kind,
      fingerprint: certificate.fingerprint256,
      daysLeft: Math.floor((certificate.validToDate.getTime() - this.options.clock.now()) / DAY),
      names: namesOf(certificate),
      ...(kind === 'made here' && { authorityUrl: '/ubizo.crt' }),
    };
  }

  /** The name that visitors' phones know it by; none of one that was made here. */
  get publicName(): string | undefined {
    const { kind, names } = this.view ?? {};
    return kind === 'supplied' ? names?.find((name) => isIP(name) === 0 && !name.startsWith('*')) : undefined;
  }

  private async look(): Promise<void> {
    try {
      const found = (await this.supplied()) ?? { pair: await this.own.current(), kind: 'made here' as const };
      if (found.pair.cert === this.shown?.pair.cert) return;
      await this.options.onChange(found.pair);
      this.shown = found;
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.options.log.error({ err: error }, 'HTTPS cannot be offered; it is tried again');
      this.failing = true;
    }
  }

  /** Looked at again and again: whoever renews it changes the files. */
  private async supplied(): Promise<typeof this.shown> {
    const { supplied, log } = this.options;
    if (!supplied) return undefined;
    try {
      const pair = await readSupplied(supplied);
      this.broken = undefined;
      return { pair, kind: 'supplied' };
    } catch (error) {
      if (!(error instanceof UbizoError)) throw error;
      if (this.broken?.message !== error.message)
        log.warn({ err: error }, 'the supplied certificate is broken');
      this.broken = error.toProblem();
      return undefined;
    }
  }
}

function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  return [...subjectAltName.matchAll(/(?:DNS|IP Address):([^,\s]+)/g)].flatMap(([, name]) => name ?? []);
}
