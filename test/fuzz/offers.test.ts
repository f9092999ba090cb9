import * as fc from 'fast-check';
import * as sdp from 'sdp-transform';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { writeAnswer } from '../../appliance/peer/answer.ts';
import { type Offer, parseOffer } from '../../appliance/peer/offer.ts';
import { UbizoError } from '../../appliance/protocol/errors.ts';
import { malformedOffer } from './malformed-offer.ts';
import { fuzz } from './seed.ts';

// RFC 5761, 4: 64 to 95 look like RTCP on a shared port.
const payloadType = z
  .int()
  .min(0)
  .max(127)
  .refine((type) => type < 64 || type > 95);
const token = z.string().regex(/^[!-~]+$/);
const offer = z.strictObject({
  userFragment: z.string().regex(/^[A-Za-z0-9+/]{4,256}$/),
  password: z.string().regex(/^[A-Za-z0-9+/]{22,256}$/),
  fingerprints: z.array(z.strictObject({ algorithm: z.literal('sha-256'), value: token })).min(1),
  wants: z.literal('receive'),
  sections: z
    .array(
      z.strictObject({
        type: token,
        mid: token.optional(),
        protocol: token,
        format: token,
        use: z.enum(['sound', 'idle', 'refused']),
        about: z.array(z.string().regex(/^[ -~]+$/)),
      }),
    )
    .min(1),
  tagged: z.int().min(0),
  bundled: z.boolean(),
  rtcpMux: z.boolean(),
  opus: payloadType,
  red: payloadType.optional(),
});

function tryParse(text: string): Offer | undefined {
  try {
    return parseOffer(text, { wants: 'receive' });
  } catch (error) {
    if (!(error instanceof UbizoError)) throw error;
    expect(['bad_sdp', 'unsupported_sdp']).toContain(error.code);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    return undefined;
  }
}

test('whatever is offered is refused in words, or is an offer in all its parts and can be answered', () => {
  let taken = 0;
  const runs = 10_000;
  fc.assert(
    fc.property(malformedOffer, (text) => {
      const parsed = tryParse(text);
      if (!parsed) return;
      taken++;
      expect(offer.safeParse(parsed).error?.issues).toBeUndefined();
      const answer = writeAnswer({
        offer: parsed,
        credentials: { userFragment: 'abcd', password: '0123456789012345678901' },
        fingerprint: { algorithm: 'sha-256', value: 'AB' },
        addresses: [{ address: '192.0.2.1', port: 40_000 }],
        session: 1,
        ssrc: 1,
        maxPtime: 60,
      });
      const { media } = sdp.parse(answer);
      expect(media.map(({ type }) => type)).toEqual(parsed.sections.map(({ type }) => type));
      expect(media.filter(({ direction }) => direction === 'sendonly')).toHaveLength(1);
      expect(media.filter(({ candidates = [] }) => candidates.length > 0)).toHaveLength(1);
    }),
    fuzz(runs),
  );
  // Else nothing was tried beyond the first check.
  expect(taken).toBeGreaterThan(runs / 20);
  expect(taken).toBeLessThan((runs * 19) / 20);
});
