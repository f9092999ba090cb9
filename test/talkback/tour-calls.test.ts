import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UbizoError } from '../../appliance/protocol/errors.ts';
import { CALL_TIMING } from '../../appliance/talkback/call/timing.ts';
import { type FloorMeanwhile, TourCalls } from '../../appliance/talkback/call/tour-calls.ts';

const { ringMs, longestMs, awayMs, toldMs } = CALL_TIMING;

let calls: TourCalls;
let connected: { attendee: string; floor: FloorMeanwhile; onLost: () => void }[];
let hungUp: string[];

beforeEach(() => {
  vi.useFakeTimers();
  connected = [];
  hungUp = [];
  calls = new TourCalls({
    timing: CALL_TIMING,
    now: () => Date.now(),
    expectMay: (attendee) => {
      if (attendee === 'removed') throw new UbizoError('attendee_removed', 'Not on this tour.');
    },
    connect: ({ attendee }, floor, onLost) => {
      connected.push({ attendee, floor, onLost });
      return () => hungUp.push(attendee);
    },
    onEnd: () => undefined,
  });
});

afterEach(() => {
  calls.stop();
  vi.useRealTimers();
});

const stateOf = (attendee: string): object | undefined => calls.of(attendee)?.state;
const codeOf = (act: () => void): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof UbizoError ? error.code : String(error);
  }
};
const idOf = (attendee: string): string => calls.of(attendee)?.id ?? '';

test('a call rings until it is taken, and ends after five minutes at the latest', () => {
  calls.ring('Ana');
  expect(stateOf('Ana')).toEqual({ kind: 'ringing' });
  calls.take(idOf('Ana'), 'muted');
  expect(stateOf('Ana')).toMatchObject({ kind: 'active', endsAt: Date.now() + longestMs });
  expect(connected).toMatchObject([{ attendee: 'Ana', floor: 'muted' }]);
  vi.advanceTimersByTime(longestMs - 1);
  expect(hungUp).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(hungUp).toEqual(['Ana']);
  expect(stateOf('Ana')).toEqual({ kind: 'ended', end: 'over' });
  vi.advanceTimersByTime(toldMs);
  expect(stateOf('Ana')).toBeUndefined();
});

test('a call that nobody takes is missed, one may be declined, and either of two hangs up', () => {
  calls.ring('Ana');
  vi.advanceTimersByTime(ringMs);
  expect(stateOf('Ana')).toEqual({ kind: 'ended', end: 'missed' });
  calls.ring('Ana');
  calls.endByGuide(idOf('Ana'));
  expect(stateOf('Ana')).toEqual({ kind: 'ended', end: 'declined' });
  for (const hangUp of [() => calls.hangUp('Ana'), () => calls.endByGuide(idOf('Ana'))]) {
    calls.ring('Ana');
    calls.take(idOf('Ana'), 'goes-on');
    hangUp();
    expect(stateOf('Ana')).toEqual({ kind: 'ended', end: 'hung-up' });
  }
  expect(hungUp).toEqual(['Ana', 'Ana']);
  expect(codeOf(() => calls.endByGuide(idOf('Ana')))).toBe('call_not_found');
  expect(codeOf(() => calls.take('unknown', 'muted'))).toBe('call_not_found');
});

test('one is taken at a time, in whatever order they ring', () => {
  calls.ring('Ana');
  calls.ring('Bo');
  calls.take(idOf('Bo'), 'muted');
  expect(codeOf(() => calls.take(idOf('Ana'), 'muted'))).toBe('tour_state');
  calls.endByGuide(idOf('Bo'));
  calls.take(idOf('Ana'), 'muted');
  expect(calls.active?.attendee).toBe('Ana');
});

test('who may not speak may not call, and nobody rings without end', () => {
  expect(codeOf(() => calls.ring('removed'))).toBe('attendee_removed');
  const codes = Array.from({ length: 20 }, () => {
    const code = codeOf(() => calls.ring('Ana'));
    calls.hangUp('Ana');
    return code;
  });
  expect(codes[0]).toBeUndefined();
  expect(codes.at(-1)).toBe('too_many_attempts');
  for (let each = 0; each < 20; each++) calls.ring(`visitor ${each}`);
  expect(codeOf(() => calls.ring('one too many'))).toBe('box_busy');
});

test('a page that is back in time has not left; else the call is lost', () => {
  const [close, closeDesk] = [calls.come('Ana'), calls.watch()];
  calls.ring('Ana');
  calls.take(idOf('Ana'), 'muted');
  close();
  vi.advanceTimersByTime(awayMs - 1);
  const closeAgain = calls.come('Ana');
  vi.advanceTimersByTime(awayMs);
  expect(stateOf('Ana')).toMatchObject({ kind: 'active' });
  closeAgain();
  vi.advanceTimersByTime(awayMs);
  expect(stateOf('Ana')).toEqual({ kind: 'ended', end: 'lost' });
  calls.come('Bo');
  calls.ring('Bo');
  calls.take(idOf('Bo'), 'muted');
  closeDesk();
  vi.advanceTimersByTime(awayMs);
  expect(stateOf('Bo')).toEqual({ kind: 'ended', end: 'lost' });
});

test('a call whose sound is lost has ended, and who was taken off the tour is in none', () => {
  calls.ring('Ana');
  calls.take(idOf('Ana'), 'muted');
  connected[0]?.onLost();
  expect(stateOf('Ana')).toEqual({ kind: 'ended', end: 'lost' });
  calls.ring('Bo');
  calls.take(idOf('Bo'), 'muted');
  calls.remove('Bo');
  expect(hungUp).toEqual(['Ana', 'Bo']);
});
