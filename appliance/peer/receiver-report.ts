/** The other side's view of what the box sends (RFC 3550, 6.4.1). */
export interface ReceiverReport {
  /** 0 to 1, since the report before. */
  readonly fractionLost: number;
  readonly jitterMs: number;
}

/** `block` as it stands on the wire: loss in 1/256, jitter in units of Opus' 48 kHz clock (RFC 7587, 4.1). */
export function readReport(block: {
  readonly fractionLost: number;
  readonly jitter: number;
}): ReceiverReport {
  return { fractionLost: block.fractionLost / 256, jitterMs: block.jitter / 48 };
}
