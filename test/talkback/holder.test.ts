import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { Holder, LONGEST_TURN_MS, type TurnEnd } from '../../appliance/talkback/holder.ts';

let now = 0;
let ends: [string, TurnEnd][] = [];
let holder: Holder;

function fresh(mostWaiting = 3): Holder {
  return new Holder({
    now: () => now,
    mostWaiting,
    onChange: () => undefined,
    onEnd: ({ attendee }, end) => ends.push([attendee, end]),
  });
}

beforeEach(() => {
  now = 0;
  ends = [];
  holder = fresh();
});

const waiting = (): string[] => holder.queue.map(({ attendee }) => attendee);

test('of two who ask for the guide’s ear at once one is given it, and the other when it is free', () => {
  holder.request('a', 'guide');
  holder.request('b', 'guide');
  expect([holder.current?.attendee, waiting()]).toEqual(['a', ['b']]);
  holder.release('a');
  expect([holder.current?.attendee, waiting()]).toEqual(['b', []]);
});

test('who wants to speak to all waits for the guide, however free the floor is', () => {
  holder.request('a', 'all');
  holder.request('b', 'all');
  expect(holder.current).toBeUndefined();
  holder.grant('b');
  expect(holder.current).toMatchObject({ attendee: 'b', to: 'all', endsAt: LONGEST_TURN_MS });
  expect(() => holder.grant('c')).toThrow(expect.objectContaining({ code: 'attendee_not_found' }));
  holder.grant(undefined);
  expect([holder.current?.attendee, waiting(), ends]).toEqual(['a', [], [['b', 'taken-back']]]);
});

test('who speaks to the guide is given to all, and another thirty seconds', () => {
  holder.request('a', 'guide');
  now = 20_000;
  holder.grant(undefined);
  expect(holder.current).toMatchObject({ attendee: 'a', to: 'all', endsAt: 20_000 + LONGEST_TURN_MS });
});

test('who speaks and may not wait for something else, because too many do, goes on speaking', () => {
  holder.request('a', 'guide');
  for (const attendee of ['b', 'c', 'd']) holder.request(attendee, 'all');
  expect(() => holder.request('a', 'all')).toThrow(expect.objectContaining({ code: 'box_busy' }));
  expect([holder.current, waiting(), ends]).toMatchObject([
    { attendee: 'a', to: 'guide' },
    ['b', 'c', 'd'],
    [],
  ]);
});

test('after thirty seconds it is over, and the next one’s turn', () => {
  holder.request('a', 'guide');
  holder.request('b', 'guide');
  now = LONGEST_TURN_MS - 1;
  holder.expire();
  expect(holder.current?.attendee).toBe('a');
  now++;
  holder.expire();
  expect([holder.current?.attendee, ends]).toEqual(['b', [['a', 'over']]]);
});

test('asking again keeps the place, and asking for something else too', () => {
  for (const attendee of ['a', 'b', 'c']) holder.request(attendee, 'all');
  holder.request('a', 'all');
  expect(waiting()).toEqual(['a', 'b', 'c']);
  expect(() => holder.request('d', 'all')).toThrow(expect.objectContaining({ code: 'box_busy' }));
  holder.request('b', 'guide');
  expect([holder.current?.attendee, waiting()]).toEqual(['b', ['a', 'c']]);
});

test('the guide sends away who waits, and takes back what was given', () => {
  holder.request('a', 'all');
  holder.request('b', 'all');
  holder.refuse(undefined);
  expect(waiting()).toEqual(['b']);
  holder.grant('b');
  holder.takeBack('barged-in');
  holder.refuse('nobody');
  expect([holder.current, waiting(), ends]).toEqual([undefined, [], [['b', 'barged-in']]]);
});

test('whatever anybody does, one at most speaks, nobody is in two places, and the guide’s ear is never idle', () => {
  const attendee = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const act = fc.oneof(
    fc.record({ kind: fc.constantFrom('guide', 'all'), attendee }),
    fc.record({ kind: fc.constantFrom('release', 'grant', 'refuse', 'take', 'late'), attendee }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      now = 0;
      holder = fresh(4);
      for (const { kind, attendee } of acts) {
        try {
          if (kind === 'guide' || kind === 'all') holder.request(attendee, kind);
          else if (kind === 'release') holder.release(attendee);
          else if (kind === 'grant') holder.grant(attendee);
          else if (kind === 'refuse') holder.refuse(attendee);
          else if (kind === 'take') holder.takeBack('taken-back');
          else {
            now += LONGEST_TURN_MS;
            holder.expire();
          }
        } catch (error) {
          expect(error).toMatchObject({ name: 'UbizoError' });
        }
        const everybody = [...waiting(), ...(holder.current ? [holder.current.attendee] : [])];
        expect(new Set(everybody).size).toBe(everybody.length);
        expect(waiting().length).toBeLessThanOrEqual(4);
        if (holder.current) expect(holder.current.endsAt).toBeLessThanOrEqual(now + LONGEST_TURN_MS);
        else expect(holder.queue.every(({ to }) => to === 'all')).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
