import { readFile } from 'node:fs/promises';
import {
  RTCDtlsTransport,
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
} from 'werift';
import { monotonicMs, type Schedule } from './clock.ts';
import { type Findings, Inspection } from './inspection.ts';
import { Lateness, type LatenessFigures } from './lateness.ts';
import { Phone } from './phone.ts';
import { type FrameWindow, Reception, type Tally } from './reception.ts';
import { RED } from './sdp.ts';
import type { Signalling } from './signalling.ts';

export interface LoadOptions {
  readonly listeners: number;
  readonly languages: number;
  readonly profile: 'gcm' | 'sha1';
  readonly red: boolean;
  /** Of each frame. */
  readonly bytes: number;
  /** Of so many listeners one looks into what it receives; of each language at least one does. */
  readonly inspectEvery: number;
}

export interface LoadFigures {
  readonly listeners: number;
  /** Packets of the window's frames. */
  readonly received: number;
  /** From due to received, ms, of the same. */
  readonly lateMs: LatenessFigures;
  /** From handed over to be sent to received, ms; of those that were looked into. */
  readonly sinceSentMs: LatenessFigures;
  /** Packets that came to the listeners' own sockets while these were full. */
  readonly overflowed: number;
  readonly gaps: number;
  readonly strays: number;
  readonly skipped: number;
  readonly recalibrated: number;
  readonly checked: number;
  readonly wrong: number;
  readonly misdated: number;
  /** Listeners whose newest frame is not the newest that was sent. */
  readonly behind: number;
  /** Listeners whose checks are no longer answered. */
  readonly unanswered: number;
  /** Connections that failed and were made anew, since the beginning. */
  readonly triedAgain: number;
}

/** How often a phone checks its path (RFC 7675, 5.1) and reports (RFC 3550, 6.2): as seen in Chromium 156, ms. */
const CHECK_MS = 2_650;
const REPORT_MS = 5_000;
const TURN_MS = 50;
/** A check so long ago without an answer is a server that has gone, ms. */
const UNANSWERED_MS = 10_000;
const ATTEMPTS = 3;
/** Handshakes under way at once. */
const JOINING = 12;

/** Many phones in one thread. */
export class LoadGenerator {
  private readonly options: LoadOptions;
  private readonly signalling: Signalling;
  private readonly phones: Phone[] = [];
  private readonly tally: Tally = {
    schedule: undefined,
    window: { from: 0, to: 0 },
    received: 0,
    lateness: new Lateness(),
    gaps: 0,
    strays: 0,
    skipped: 0,
    recalibrated: 0,
  };
  private readonly findings: Findings = { checked: 0, wrong: 0, misdated: 0, sinceSent: new Lateness() };
  private overflowedBefore = 0;
  private triedAgain = 0;
  private care: NodeJS.Timeout | undefined;
  private readonly checks = new Round(CHECK_MS);
  private readonly reports = new Round(REPORT_MS);

  constructor({ options, signalling }: { options: LoadOptions; signalling: Signalling }) {
    this.options = options;
    this.signalling = signalling;
  }

  /** Resolves when all are connected. `everyMs`: one joins so often; else as fast as both sides can. @throws when one cannot. */
  async join({ everyMs = 0 }: { everyMs?: number } = {}): Promise<void> {
    const { listeners } = this.options;
    await RTCDtlsTransport.SetupCertificate();
    this.care = setInterval(this.careForSome, TURN_MS);
    const began = monotonicMs();
    let next = 0;
    const joining = async (): Promise<void> => {
      for (let index = next++; index < listeners; index = next++) {
        const wait = began + index * everyMs - monotonicMs();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        await this.joinOne(index);
      }
    };
    await Promise.all(Array.from({ length: JOINING }, joining));
  }

  /** From now on frames of this schedule are expected. */
  expect(schedule: Schedule): void {
    this.tally.schedule = schedule;
  }

  /** What has been counted is forgotten; from now on frames of `window` are. */
  async count(window: FrameWindow): Promise<void> {
    const { tally, findings } = this;
    tally.window = window;
    tally.received = tally.gaps = tally.strays = tally.skipped = tally.recalibrated = 0;
    tally.lateness.clear();
    findings.checked = findings.wrong = findings.misdated = 0;
    findings.sinceSent.clear();
    this.overflowedBefore = await this.overflowed();
  }

  /** @param frames how many each language had until the feed was stopped; nothing while it runs. */
  async figures(frames?: number): Promise<LoadFigures> {
    const { phones, tally, findings } = this;
    const { received, gaps, strays, skipped, recalibrated } = tally;
    const { checked, wrong, misdated } = findings;
    const longAgo = monotonicMs() - UNANSWERED_MS;
    return {
      listeners: phones.length,
      received,
      lateMs: tally.lateness.figures,
      sinceSentMs: findings.sinceSent.figures,
      overflowed: (await this.overflowed()) - this.overflowedBefore,
      gaps,
      strays,
      skipped,
      recalibrated,
      checked,
      wrong,
      misdated,
      behind:
        frames === undefined
          ? 0
          : phones.filter(({ reception }) => reception.lastFrame !== frames - 1).length,
      triedAgain: this.triedAgain,
      unanswered: phones.filter(({ answeredAt }) => answeredAt < longAgo).length,
    };
  }

  /** Everyone hangs up. */
  async leave(): Promise<void> {
    clearInterval(this.care);
    const leaving = this.phones.splice(0);
    for (let at = 0; at < leaving.length; at += JOINING)
      await Promise.all(leaving.slice(at, at + JOINING).map((phone) => phone.leave()));
    this.tally.schedule = undefined;
  }

  private async joinOne(index: number): Promise<void> {
    const { languages, profile, red, bytes, inspectEvery } = this.options;
    const language = index % languages;
    const phone = await this.connect(
      () =>
        new Phone({
          reception: new Reception({ language, tally: this.tally }),
          profile: profile === 'gcm' ? ProtectionProfileAeadAes128Gcm : ProtectionProfileAes128CmHmacSha1_80,
          red,
        }),
    );
    if (phone.session && (index < languages || index % inspectEvery === 0)) {
      const inspection = new Inspection({
        session: phone.session,
        expected: { language, bytes },
        red: red ? RED : undefined,
        findings: this.findings,
      });
      phone.inspect = (packet, frame) => inspection.look(packet, frame);
    }
    this.phones.push(phone);
  }

  /** As a page does, a phone tries anew when its connection fails. @throws what the last attempt threw. */
  private async connect(create: () => Phone): Promise<Phone> {
    for (let attempt = 1; ; attempt++) {
      const phone = create();
      try {
        await phone.join(this.signalling);
        return phone;
      } catch (error) {
        await phone.leave();
        if (attempt === ATTEMPTS) throw error;
        this.triedAgain++;
      }
    }
  }

  /** Spread evenly over the seconds, as those of people who came at different times are. */
  private readonly careForSome = (): void => {
    this.checks.turn(this.phones, (phone) => phone.sendCheck());
    this.reports.turn(this.phones, (phone) => phone.sendReport());
  };

  /** The last column of the kernel's table of UDP sockets, of the phones' own ones. */
  private async overflowed(): Promise<number> {
    const ports = new Set(this.phones.map(({ port }) => port));
    const table = await readFile('/proc/self/net/udp', 'utf8');
    let sum = 0;
    for (const line of table.trim().split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/);
      const port = Number.parseInt(columns[1]?.split(':')[1] ?? '', 16);
      if (ports.has(port)) sum += Number(columns.at(-1));
    }
    return sum;
  }
}

/** Goes round all phones in a time, some at each turn. */
class Round {
  private readonly periodMs: number;
  private next = 0;
  private owed = 0;

  constructor(periodMs: number) {
    this.periodMs = periodMs;
  }

  turn(phones: readonly Phone[], act: (phone: Phone) => void): void {
    for (this.owed += (phones.length * TURN_MS) / this.periodMs; this.owed >= 1; this.owed--) {
      this.next = (this.next + 1) % phones.length;
      const phone = phones[this.next];
      if (phone) act(phone);
    }
  }
}
