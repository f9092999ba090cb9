import { RtpPacket, type SrtpSession } from 'werift';
import { monotonicMs } from './clock.ts';
import type { Lateness } from './lateness.ts';
import { readPayload } from './payload.ts';

/** What the listeners find that decrypt what they receive. */
export interface Findings {
  checked: number;
  /** Not what was sent, or not to be decrypted. */
  wrong: number;
  /** The right content, but another frame than the one that its header was taken for. */
  misdated: number;
  /** From the moment at which the frame was handed to be sent. */
  readonly sinceSent: Lateness;
}

/** Looks into one listener's packets. */
export class Inspection {
  private readonly session: SrtpSession;
  private readonly expected: { readonly language: number; readonly bytes: number };
  private readonly red: number | undefined;
  private readonly findings: Findings;

  constructor({
    session,
    expected,
    red,
    findings,
  }: {
    session: SrtpSession;
    expected: { readonly language: number; readonly bytes: number };
    /** Payload type of redundant payloads. */
    red: number | undefined;
    findings: Findings;
  }) {
    this.session = session;
    this.expected = expected;
    this.red = red;
    this.findings = findings;
  }

  look(packet: Buffer, frame: number): void {
    const { findings } = this;
    findings.checked++;
    const found = this.read(packet);
    if (!found) {
      findings.wrong++;
      return;
    }
    if (found.frame !== frame) findings.misdated++;
    findings.sinceSent.add(monotonicMs() - found.sentAt);
  }

  private read(packet: Buffer): { frame: number; sentAt: number } | undefined {
    const { expected } = this;
    let rtp: RtpPacket;
    try {
      rtp = RtpPacket.deSerialize(this.session.decrypt(packet));
    } catch {
      return undefined;
    }
    const { payload, header } = rtp;
    if (header.payloadType !== this.red) return readPayload(payload, expected);
    const blocks = splitRedundant(payload);
    const found = blocks && readPayload(blocks.primary, expected);
    if (!found || !blocks.before) return found;
    return readPayload(blocks.before, expected)?.frame === found.frame - 1 ? found : undefined;
  }
}

/** RFC 2198, 3: at most one block before the primary one. */
function splitRedundant(payload: Buffer): { primary: Buffer; before: Buffer | undefined } | undefined {
  const [first = 0] = payload;
  if ((first & 0x80) === 0) return { primary: payload.subarray(1), before: undefined };
  if (payload.length < 5) return undefined;
  const end = 5 + (payload.readUInt16BE(2) & 0x3ff);
  return { primary: payload.subarray(end), before: payload.subarray(5, end) };
}
