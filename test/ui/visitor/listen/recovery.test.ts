import { expect } from '@open-wc/testing';
import {
  BESIDE_MS,
  BOUNDS,
  type Circumstances,
  DELAYS_MS,
  FALLBACK_AFTER,
  step,
} from '../../../../ui/visitor/listen/recovery/recovery.ts';
import type {
  RecoveryEffect,
  RecoveryEvent,
  RecoveryState,
  RecoveryStep,
} from '../../../../ui/visitor/listen/recovery/recovery-state.ts';

const NOW: Circumstances = { ways: true, blocked: false, chance: 0 };
const CLOSED: RecoveryState = { is: 'closed' };
const CONNECTED: RecoveryState = { is: 'connected' };

const reconnecting = (
  change: Partial<Extract<RecoveryState, { is: 'reconnecting' }>> = {},
): RecoveryState => ({
  is: 'reconnecting',
  level: 'ice-restart',
  attempt: 0,
  trying: true,
  cause: 'no-packets',
  ...change,
});
const fallback = (change: Partial<Extract<RecoveryState, { is: 'fallback' }>> = {}): RecoveryState => ({
  is: 'fallback',
  playing: true,
  vain: 0,
  attempt: 0,
  trying: false,
  cause: 'udp-blocked',
  ...change,
});

/** One event after the other; the last step. */
function after(state: RecoveryState, events: readonly RecoveryEvent[], now = NOW): RecoveryStep {
  let last: RecoveryStep = { state, effects: [], boundMs: undefined, anew: false };
  for (const event of events) last = step(last.state, event, now);
  return last;
}

const deeds = ({ effects }: RecoveryStep): string[] =>
  effects.map((effect: RecoveryEffect) => (effect.do === 'try' ? `try ${effect.how}` : effect.do));

const inVain = (change: Partial<Extract<RecoveryEvent, { type: 'in-vain' }>> = {}): RecoveryEvent => ({
  type: 'in-vain',
  cause: 'no-answer',
  ...change,
});
const lost = (cause: Extract<RecoveryEvent, { type: 'lost' }>['cause'] = 'no-packets'): RecoveryEvent => ({
  type: 'lost',
  cause,
});
const timeUp: RecoveryEvent = { type: 'time-up', cause: 'no-answer' };

describe('a first connection', () => {
  it('goes through its parts, each bounded', () => {
    const opened = step(CLOSED, { type: 'open' }, NOW);
    expect(opened.state.is).to.equal('initializing');
    expect(deeds(opened)).to.deep.equal(['try first']);
    expect(opened.boundMs).to.equal(BOUNDS.initializing);
    const offered = step(opened.state, { type: 'offered' }, NOW);
    expect([offered.state.is, offered.boundMs]).to.deep.equal(['signaling', BOUNDS.signaling]);
    const answered = step(offered.state, { type: 'answered' }, NOW);
    expect([answered.state.is, answered.boundMs]).to.deep.equal(['connecting', BOUNDS.connecting]);
    const connected = step(answered.state, { type: 'connected' }, NOW);
    expect(connected.state).to.deep.equal(CONNECTED);
    expect(connected.boundMs).to.equal(undefined);
    expect(deeds(connected), 'nothing was mended').to.deep.equal([]);
  });

  it('that takes too long, or is refused for now, is made anew a little later', () => {
    for (const is of ['initializing', 'signaling', 'connecting'] as const) {
      const late = step({ is }, timeUp, NOW);
      expect(late.state).to.deep.equal(
        reconnecting({ level: 'full-reconnect', attempt: 1, trying: false, cause: 'no-answer' }),
      );
      expect(deeds(late)).to.deep.equal(['give-up-try']);
      expect(late.boundMs).to.equal(300);
      expect(step({ is }, inVain({ cause: 'refused' }), NOW).boundMs).to.equal(300);
    }
  });

  it('without UDP goes another way at once, if there is one', () => {
    const blocked = step({ is: 'connecting' }, inVain({ cause: 'udp-blocked' }), NOW);
    expect(blocked.state).to.deep.equal(fallback({ playing: false }));
    expect(deeds(blocked)).to.deep.equal(['give-up-try', 'open-way']);
    const alone = step({ is: 'connecting' }, inVain({ cause: 'udp-blocked' }), { ...NOW, ways: false });
    expect(alone.state.is).to.equal('reconnecting');
  });

  it('is not waited for where it is known that UDP does not get through', () => {
    const opened = step(CLOSED, { type: 'open' }, { ...NOW, blocked: true });
    expect(opened.state).to.deep.equal(fallback({ playing: false }));
    expect(deeds(opened)).to.include('open-way');
    const alone = step(CLOSED, { type: 'open' }, { ...NOW, ways: false, blocked: true });
    expect(alone.state.is).to.equal('initializing');
  });

  it('is not disturbed by the signs of a page that opens', () => {
    const state: RecoveryState = { is: 'signaling' };
    const chance = step(state, { type: 'chance', session: false }, NOW);
    expect(chance).to.deep.equal({ state, effects: [], boundMs: undefined, anew: false });
  });
});

describe('a connection that is lost', () => {
  it('is restarted first, for two seconds and once', () => {
    const gone = step(CONNECTED, lost(), NOW);
    expect(gone.state).to.deep.equal(reconnecting());
    expect(deeds(gone)).to.deep.equal(['try ice-restart']);
    expect(gone.boundMs).to.equal(2_000);
    const reset = step(gone.state, timeUp, NOW);
    expect(reset.state).to.deep.equal(reconnecting({ level: 'signaling-reset', cause: 'no-answer' }));
    expect(deeds(reset)).to.deep.equal(['try signaling-reset']);
    expect(reset.boundMs).to.equal(BOUNDS['signaling-reset']);
    const anew = step(reset.state, timeUp, NOW);
    expect(anew.state).to.deep.equal(reconnecting({ level: 'full-reconnect', cause: 'no-answer' }));
    expect(deeds(anew)).to.deep.equal(['try full-reconnect']);
    expect(anew.boundMs).to.equal(BOUNDS['full-reconnect']);
  });

  it('is made anew ever more slowly, and for ever', () => {
    let state = reconnecting({ level: 'full-reconnect' });
    const waits: (number | undefined)[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      const waiting = step(state, inVain(), NOW);
      expect(waiting.state).to.include({ is: 'reconnecting', attempt, trying: false });
      waits.push(waiting.boundMs);
      const trying = step(waiting.state, timeUp, NOW);
      expect(deeds(trying)).to.deep.equal(['try full-reconnect']);
      state = trying.state;
    }
    expect(waits).to.deep.equal([...DELAYS_MS.slice(1), 7_000, 7_000, 7_000]);
  });

  it('is not made anew by two hundred phones in the same instant', () => {
    const state = reconnecting({ level: 'full-reconnect', attempt: 4 });
    const waits = [0, 0.5, 1].map((chance) => step(state, inVain(), { ...NOW, chance }).boundMs);
    expect(waits).to.deep.equal([7_000, 7_500, 8_000]);
    const told = inVain({ cause: 'full', retryAfterMs: 20_000 });
    const toldWaits = [0, 0.5, 1].map((chance) => step(state, told, { ...NOW, chance }).boundMs);
    expect(toldWaits, 'the box says when, and even then they do not come together').to.deep.equal([
      20_000, 30_000, 40_000,
    ]);
  });

  it('begins over whenever there is a chance', () => {
    const state = reconnecting({ level: 'full-reconnect', attempt: 5, trying: false });
    const restart = step(state, { type: 'chance', session: true }, NOW);
    expect(restart.state).to.deep.equal(reconnecting());
    expect(deeds(restart)).to.deep.equal(['try ice-restart']);
    const reset = step(state, { type: 'chance', session: false }, NOW);
    expect(reset.state).to.deep.equal(reconnecting({ level: 'signaling-reset' }));
  });

  it('is not restarted where the box says that it is over, and joins where it does not know the visit', () => {
    expect(step(CONNECTED, lost('hung-up'), NOW).state).to.include({ level: 'signaling-reset' });
    expect(step(reconnecting(), lost('hung-up'), NOW).state).to.include({ level: 'signaling-reset' });
    expect(step(CONNECTED, lost('unknown-here'), NOW).state).to.include({ level: 'full-reconnect' });
  });

  it('that comes back by itself is kept, and what was tried beside it is given up', () => {
    const back = step(reconnecting({ level: 'signaling-reset' }), { type: 'sound' }, NOW);
    expect(back.state).to.deep.equal({ is: 'connected', mendedBy: 'signaling-reset' });
    expect(back.effects).to.deep.equal([
      { do: 'give-up-try' },
      { do: 'report', level: 'signaling-reset', cause: 'no-packets', outcome: 'back' },
    ]);
  });

  it('that is lost again at once is mended by more, and after a while by the least again', () => {
    const back = step(reconnecting(), { type: 'connected' }, NOW);
    expect(back.boundMs).to.equal(BOUNDS.settling);
    expect(step(back.state, lost(), NOW).state).to.include({ level: 'signaling-reset' });
    const reset = step(reconnecting({ level: 'signaling-reset' }), { type: 'connected' }, NOW);
    expect(step(reset.state, lost(), NOW).state).to.include({ level: 'full-reconnect', trying: false });
    const settled = step(back.state, timeUp, NOW);
    expect(settled.state).to.deep.equal(CONNECTED);
    expect(step(settled.state, lost(), NOW).state).to.include({ level: 'ice-restart' });
  });

  it('is told of with the level that mended it and the cause', () => {
    const back = step(reconnecting({ level: 'full-reconnect' }), { type: 'connected' }, NOW);
    expect(back.effects).to.deep.equal([
      { do: 'report', level: 'full-reconnect', cause: 'no-packets', outcome: 'back' },
    ]);
  });

  it('that is refused for good has failed, until it is wanted anew', () => {
    const failed = step(reconnecting(), inVain({ cause: 'refused', lasting: true }), NOW);
    expect(failed.state).to.deep.equal({ is: 'failed', reason: 'refused' });
    expect(deeds(failed)).to.deep.equal(['hang-up', 'report']);
    expect(failed.boundMs).to.equal(undefined);
    expect(step(failed.state, { type: 'open' }, NOW).state.is).to.equal('initializing');
    expect(step(failed.state, { type: 'chance', session: true }, NOW).state).to.deep.equal(failed.state);
  });
});

describe('another way of sound', () => {
  it('is taken where the box answers and WebRTC fails again and again', () => {
    let state = reconnecting({ level: 'full-reconnect' });
    for (let attempt = 1; attempt < FALLBACK_AFTER; attempt++)
      state = after(state, [inVain({ cause: 'no-dtls' }), timeUp]).state;
    const taken = step(state, inVain({ cause: 'no-dtls' }), NOW);
    expect(taken.state).to.deep.equal(fallback({ playing: false, vain: FALLBACK_AFTER, cause: 'no-dtls' }));
    expect(deeds(taken)).to.deep.equal(['give-up-try', 'open-way']);
    expect(taken.boundMs).to.equal(BESIDE_MS.first);
  });

  it('is not taken where the box is out of reach, or has no room', () => {
    for (const cause of ['no-answer', 'full'] as const) {
      const state = reconnecting({ level: 'full-reconnect', attempt: 9 });
      expect(step(state, inVain({ cause }), NOW).state.is).to.equal('reconnecting');
    }
  });

  it('is taken in mid-tour as soon as UDP is blocked', () => {
    const taken = after(CONNECTED, [lost(), inVain({ cause: 'udp-blocked' })]);
    expect(taken.state).to.deep.equal(fallback({ playing: false }));
  });

  it('plays while WebRTC is tried beside it, less and less often', () => {
    const playing = step(fallback({ playing: false }), { type: 'way-playing' }, NOW);
    expect(playing.state).to.deep.equal(fallback());
    expect(playing.anew, 'the next try is not put off').to.equal(false);
    expect(playing.effects).to.deep.equal([
      { do: 'report', level: 'fallback', cause: 'udp-blocked', outcome: 'another-way' },
    ]);
    let { state } = playing;
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 5; i++) {
      const trying = step(state, timeUp, NOW);
      expect(deeds(trying)).to.deep.equal(['try signaling-reset']);
      expect(trying.boundMs).to.equal(BOUNDS['signaling-reset']);
      const waiting = step(trying.state, inVain({ cause: 'udp-blocked' }), NOW);
      expect(deeds(waiting)).to.deep.equal(['give-up-try']);
      expect(waiting.state).to.include({ is: 'fallback', playing: true, trying: false });
      waits.push(waiting.boundMs);
      ({ state } = waiting);
    }
    expect(waits).to.deep.equal([14_000, 28_000, 56_000, 60_000, 60_000]);
    expect(step(fallback({ trying: true }), timeUp, NOW).state).to.include({ trying: false, attempt: 1 });
    expect(deeds(step(state, { type: 'chance', session: true }, NOW))).to.deep.equal(['try signaling-reset']);
  });

  it('ends when WebRTC is back', () => {
    const back = step(fallback({ trying: true }), { type: 'connected' }, NOW);
    expect(back.state).to.deep.equal({ is: 'connected', mendedBy: 'signaling-reset' });
    expect(deeds(back)).to.deep.equal(['close-way', 'report']);
    const byItself = step(fallback(), { type: 'sound' }, NOW);
    expect(byItself.state.is).to.equal('connected');
    expect(deeds(byItself)).to.deep.equal(['close-way', 'report']);
  });

  it('that breaks off is opened anew, and where none is left WebRTC is all there is', () => {
    const again = step(fallback(), lost('no-answer'), NOW);
    expect(again.state).to.deep.equal(fallback({ playing: false, cause: 'no-answer' }));
    expect(deeds(again)).to.deep.equal(['close-way', 'open-way']);
    const none = step(again.state, { type: 'no-way' }, NOW);
    expect(none.state).to.include({ is: 'reconnecting', level: 'full-reconnect', trying: false });
    expect(none.boundMs).to.equal(DELAYS_MS[FALLBACK_AFTER]);
  });

  it('waits longer each time that no way plays, where no packet passes either', () => {
    const waits: (number | undefined)[] = [];
    let state = fallback({ playing: false });
    for (let time = 0; time < 6; time++) {
      const none = step(state, { type: 'no-way' }, NOW);
      waits.push(none.boundMs);
      ({ state } = after(none.state, [timeUp, inVain({ cause: 'udp-blocked' })]));
      expect(state.is).to.equal('fallback');
    }
    expect(waits).to.deep.equal([1_200, 2_700, 4_800, 7_000, 7_000, 7_000]);
  });
});

describe('a visitor who stops', () => {
  it('ends everything from every state, and is told of if it was being mended', () => {
    expect(deeds(step(CONNECTED, { type: 'close' }, NOW))).to.deep.equal(['hang-up']);
    expect(deeds(step(fallback(), { type: 'close' }, NOW))).to.deep.equal(['hang-up', 'close-way']);
    expect(step(reconnecting(), { type: 'close' }, NOW).effects).to.deep.equal([
      { do: 'hang-up' },
      { do: 'report', level: 'ice-restart', cause: 'no-packets', outcome: 'given-up' },
    ]);
    for (const state of [CONNECTED, fallback(), reconnecting(), { is: 'signaling' } as const])
      expect(step(state, { type: 'close' }, NOW).state).to.deep.equal(CLOSED);
  });

  it('is not called back by anything that was still under way', () => {
    const late: RecoveryEvent[] = [
      { type: 'offered' },
      { type: 'answered' },
      { type: 'connected' },
      { type: 'sound' },
      lost(),
      inVain(),
      timeUp,
      { type: 'chance', session: true },
      { type: 'way-playing' },
      { type: 'no-way' },
    ];
    for (const event of late)
      expect(step(CLOSED, event, NOW), event.type).to.deep.equal({
        state: CLOSED,
        effects: [],
        boundMs: undefined,
        anew: false,
      });
  });
});
