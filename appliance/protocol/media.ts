/**
 * The payload type that browsers give Opus. It stands inside redundant payloads, which are made once for everyone;
 * a listener that numbers Opus otherwise goes without them and has in-band FEC.
 */
export const REDUNDANT_OPUS_TYPE = 111;
