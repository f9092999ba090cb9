import { expect } from '@open-wc/testing';
import { LinkError, type LinkCode } from '../../../../ui/link/problem.ts';
import { refusalOf, type Refusal } from '../../../../ui/visitor/visit/refusal.ts';

describe('what a refusal means for a visit', () => {
  for (const [code, before, asked] of [
    ['box_unreachable', 'passing', 'passing'],
    ['token_invalid', 'passing', 'passing'],
    ['too_many_attempts', 'passing', 'shut-out'],
    ['listeners_full', 'full', 'full'],
    ['entry_code_needed', 'entry-code', 'wrong-entry-code'],
    ['wrong_entry_code', 'wrong-entry-code', 'wrong-entry-code'],
    ['attendee_removed', 'shut-out', 'shut-out'],
    ['tour_over', 'over', 'over'],
    ['unsupported_sdp', 'other', 'other'],
  ] satisfies [LinkCode, Refusal, Refusal][]) {
    it(`${code}: ${before}, and ${asked} once the entry code was asked for`, () => {
      expect(refusalOf(new LinkError(code, 'x'), false)).to.equal(before);
      expect(refusalOf(new LinkError(code, 'x'), true)).to.equal(asked);
    });
  }
});
