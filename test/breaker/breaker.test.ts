import { describe, expect, it, vi } from 'vitest';
import { Breaker, type BreakerState } from '../../appliance/breaker/breaker.ts';
import { Breakers } from '../../appliance/breaker/breakers.ts';

/** Long enough that it is over only when a test says so. */
const REST_MS = 60_000;

const settled = (breaker: Breaker, state: BreakerState): Promise<void> =>
  vi.waitFor(() => expect(breaker.state).toBe(state));

async function broken(breaker: Breaker): Promise<void> {
  breaker.enter()?.fail();
  breaker.enter()?.fail();
  await settled(breaker, 'open');
}

describe('a breaker', () => {
  it('opens after so many failures in a row, and lets nobody through', async () => {
    const breaker = new Breaker({ failures: 2, restMs: REST_MS });
    breaker.enter()?.fail();
    const well = breaker.enter();
    well?.succeed();
    await vi.waitFor(() => expect(breaker.enter()).toBeDefined());
    expect(breaker.state).toBe('closed');
    await broken(breaker);
    expect(breaker.enter()).toBeUndefined();
  });

  it('lets one through after its rest, and closes when that goes well', async () => {
    const breaker = new Breaker({ failures: 2, restMs: 0 });
    const states: BreakerState[] = [];
    breaker.subscribe(() => states.push(breaker.state));
    await broken(breaker);
    const trial = breaker.enter();
    expect(breaker.enter(), 'one is enough to see').toBeUndefined();
    trial?.succeed();
    await settled(breaker, 'closed');
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('is open again when that fails or is given up', async () => {
    const breaker = new Breaker({ failures: 2, restMs: 0 });
    await broken(breaker);
    breaker.enter()?.fail();
    await settled(breaker, 'open');
    breaker.enter()?.cancel();
    await settled(breaker, 'open');
  });

  it('learns nothing from who gave up', async () => {
    const breaker = new Breaker({ failures: 1, restMs: REST_MS });
    breaker.enter()?.cancel();
    await new Promise(setImmediate);
    expect(breaker.state).toBe('closed');
  });
});

describe('the box’s breakers', () => {
  it('are one for each thing, whoever asks', async () => {
    const breakers = new Breakers();
    const heard = vi.fn();
    breakers.subscribe(heard);
    const first = breakers.of('translation', { failures: 2, restMs: REST_MS });
    expect(breakers.of('translation', { failures: 9, restMs: REST_MS })).toBe(first);
    await broken(first);
    expect([...breakers.states]).toEqual([['translation', 'open']]);
    expect(heard).toHaveBeenCalledTimes(2);
    breakers.drop('translation');
    expect(breakers.states.size).toBe(0);
  });
});
