import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hear, problem, Stage, UNABLE } from './stage.ts';

let stage: Stage;

beforeEach(() => {
  vi.useFakeTimers();
  stage = new Stage();
});

afterEach(async () => {
  const stopped = stage.ladder.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const REFUSED = { kind: 'refused', problem: problem('interpreter_key_refused') } as const;
const UNREACHABLE = { kind: 'unreachable', problem: problem('interpreter_unreachable') } as const;

describe('a ladder', () => {
  it('gives each language the best rung that can do it, and says which before anybody listens', async () => {
    expect(stage.ladder.outlook('en', 'es')).toEqual({ by: 'model', problem: undefined });
    expect(stage.ladder.outlook('en', 'ca')).toEqual({ by: 'guide', problem: UNABLE });
    stage.open();
    expect(stage.state).toEqual({ kind: 'connecting' });
    stage.model.newest.live();
    expect(stage.state).toEqual({ kind: 'live', by: 'model', problem: undefined });
    expect(stage.box.actors).toEqual([]);

    stage.open('ca');
    expect(stage.state).toEqual({ kind: 'failed', problem: UNABLE });
    await pass(60_000);
    expect(stage.model.trials, 'nothing is lost').toBe(0);
  });

  it('hands over to the next rung at once when only a person can mend the first, and says why', async () => {
    const interpreter = stage.open('es', true);
    stage.model.newest.fail('interpreter_no_quota');
    const rough = stage.box.newest;
    expect(stage.state).toMatchObject({ kind: 'reconnecting', problem: { code: 'interpreter_no_quota' } });
    rough.live();
    expect(stage.state).toEqual({ kind: 'live', by: 'box', problem: problem('interpreter_no_quota') });
    expect(rough.captionsSource).toBe(true);
    hear(interpreter, 'speech', 3);
    expect([rough.frames, stage.model.newest.frames]).toEqual([[0, 1, 2], []]);
    await pass(0);
    rough.say('Hola');
    expect(stage.texts).toEqual(['Hola']);
    expect(stage.ladder.trouble).toEqual(problem('interpreter_no_quota'));
    expect(stage.ladder.outlook('en', 'fr')).toEqual({
      by: 'guide',
      problem: problem('interpreter_no_quota'),
    });
  });

  it('hands over when a server cannot be reached: after 5 s at the opening, after 10 s in mid-tour', async () => {
    stage.open();
    stage.model.newest.away();
    await pass(4_900);
    expect(stage.box.actors).toEqual([]);
    await pass(200);
    expect(stage.box.actors).toHaveLength(1);

    const late = new Stage();
    late.open();
    late.model.newest.live();
    late.model.newest.away();
    await pass(9_000);
    late.model.newest.live();
    late.model.newest.away();
    await pass(9_900);
    expect(late.box.actors, 'it was there in between').toEqual([]);
    await pass(200);
    late.box.newest.live();
    expect(late.state).toMatchObject({ kind: 'live', by: 'box' });
    await late.ladder.stop();
  });

  it('hands over when a server says nothing at all for 10 s', async () => {
    stage.open();
    await pass(9_900);
    expect(stage.box.actors).toEqual([]);
    await pass(200);
    expect(stage.box.actors).toHaveLength(1);
    expect(stage.model.newest.stopped).toBe(true);
  });

  it('begins the next language below a lost rung, without waiting once more', async () => {
    stage.model.answer = UNREACHABLE;
    stage.open();
    stage.model.newest.away();
    await pass(5_100);
    stage.open();
    expect(stage.box.actors).toHaveLength(2);
    expect(stage.model.actors).toHaveLength(1);
  });

  it('lets a rung without one below try on, and tells that nobody interprets', async () => {
    stage.model.answer = UNREACHABLE;
    stage.open('fr');
    const french = stage.model.newest;
    french.away();
    await pass(30_000);
    expect(french.stopped).toBe(false);
    expect(stage.state).toMatchObject({ kind: 'reconnecting' });
    expect(stage.ladder.outlook('en', 'fr').by).toBe('guide');
    french.live();
    expect(stage.state).toMatchObject({ kind: 'live', by: 'model' });
    expect(stage.ladder.outlook('en', 'fr').by).toBe('model');
    expect(stage.ladder.trouble).toBeUndefined();
  });

  it('leaves one language that a server refuses, and no other', () => {
    stage.open();
    stage.model.newest.fail('interpreter_language_unsupported');
    stage.box.newest.live();
    expect(stage.state).toMatchObject({ kind: 'live', by: 'box' });
    expect(stage.ladder.outlook('en', 'fr')).toEqual({ by: 'model', problem: undefined });
    expect(stage.ladder.trouble).toBeUndefined();
  });
});

/** On the box's programs, since the model has no credit. */
async function below() {
  stage.model.answer = REFUSED;
  const interpreter = stage.open('es', true);
  stage.model.newest.fail('interpreter_no_quota');
  const rough = stage.box.newest;
  rough.live();
  await pass(0);
  return { interpreter, rough };
}

describe('the way back up', () => {
  it('is taken at a pause of the guide’s, each word heard by one of the two, captions in one order', async () => {
    const { interpreter, rough } = await below();
    const { promise, resolve: finish } = Promise.withResolvers<void>();
    rough.lastWords = promise;
    stage.model.answer = { kind: 'accepted' };
    await pass(5_000);
    const better = stage.model.newest;
    expect(stage.model.actors).toHaveLength(2);
    hear(interpreter, 'speech', 2);
    better.live();
    hear(interpreter, 'speech', 2, 2);
    expect(stage.state, 'not in the middle of a word').toMatchObject({ kind: 'live', by: 'box' });
    hear(interpreter, 'pause', 12, 4);
    hear(interpreter, 'speech', 2, 16);
    expect(stage.state).toEqual({ kind: 'live', by: 'model', problem: undefined });
    expect([...rough.frames, ...better.frames]).toEqual(Array.from({ length: 18 }, (_, at) => at));
    expect(better.frames.length).toBeGreaterThan(1);
    expect([better.captionsSource, rough.stopped]).toEqual([true, true]);

    better.say('better');
    rough.say('rough, the last words');
    expect(stage.texts).toEqual(['rough, the last words']);
    finish();
    await pass(0);
    rough.say('too late');
    better.say('and on');
    expect(stage.texts).toEqual(['rough, the last words', 'better', 'and on']);
    expect(new Set(stage.captions.map(({ id }) => id)).size, 'ids of their own').toBe(2);
    expect(stage.said).toHaveLength(3);
    expect(stage.ladder.trouble).toBeUndefined();
  });

  it('does not wait for a pause for ever', async () => {
    const { interpreter } = await below();
    stage.model.answer = { kind: 'accepted' };
    await pass(5_000);
    stage.model.newest.live();
    for (let at = 0; at < 8; at++) {
      hear(interpreter, 'speech', 50);
      await pass(1_000);
    }
    expect(stage.state).toMatchObject({ kind: 'live', by: 'model' });
  });

  it('is tried at growing pauses, also while nobody listens', async () => {
    const { interpreter } = await below();
    await interpreter.stop();
    await pass(5_000);
    expect(stage.model.trials).toBe(1);
    await pass(600_000);
    expect(stage.model.trials).toBeGreaterThan(5);
    expect(stage.model.trials).toBeLessThan(14);
    stage.model.answer = { kind: 'accepted' };
    await pass(300_000);
    expect(stage.ladder.trouble).toBeUndefined();
    expect(stage.ladder.outlook('en', 'es').by).toBe('model');
  });

  it('is tried at once when somebody wants the language', async () => {
    const { interpreter } = await below();
    await interpreter.stop();
    await pass(600_000);
    const before = stage.model.trials;
    stage.model.answer = { kind: 'accepted' };
    await pass(6_000);
    if (stage.model.trials === before) stage.open();
    await pass(0);
    expect(stage.ladder.outlook('en', 'es').by).toBe('model');
  });

  it('is not taken again and again where the model opens, and then does not answer', async () => {
    const { interpreter } = await below();
    stage.model.answer = { kind: 'accepted' };
    let returns = 0;
    for (let second = 0; second < 600; second++) {
      const { newest } = stage.model;
      if (!newest.stopped && newest.frames.length === 0) {
        newest.live();
        hear(interpreter, 'pause', 20);
        newest.away('interpreter_failed');
        returns++;
      }
      if (!stage.box.newest.stopped) stage.box.newest.live();
      await pass(1_000);
    }
    expect(returns).toBeGreaterThan(2);
    expect(returns).toBeLessThan(9);
  });

  it('leaves the present rung at work when the better one comes to nothing', async () => {
    const { rough } = await below();
    stage.model.answer = { kind: 'accepted' };
    await pass(5_000);
    stage.model.newest.fail('interpreter_no_quota');
    expect(stage.state).toMatchObject({ kind: 'live', by: 'box' });
    expect([rough.stopped, stage.model.newest.stopped]).toEqual([false, true]);
  });

  it('leads from the guide’s own voice, too', async () => {
    stage.model.answer = REFUSED;
    stage.open('fr');
    stage.model.newest.fail('interpreter_key_refused');
    expect(stage.state).toEqual({ kind: 'failed', problem: problem('interpreter_key_refused') });
    stage.model.answer = { kind: 'accepted' };
    await pass(10_000);
    stage.model.newest.live();
    expect(stage.state).toMatchObject({ kind: 'live', by: 'model' });
    await pass(0);
    stage.model.newest.say('Bonjour');
    expect(stage.texts).toEqual(['Bonjour']);
  });

  it('ends with the interpreter: whatever was begun is stopped, what was spent is told', async () => {
    const { interpreter, rough } = await below();
    stage.model.answer = { kind: 'accepted' };
    await pass(5_000);
    const rising = stage.model.newest;
    rising.output.onSpent?.(0.25);
    await interpreter.stop();
    expect([rough.stopped, rising.stopped]).toEqual([true, true]);
    expect(stage.state).toEqual({ kind: 'stopped' });
    expect(stage.spentUsd).toBe(0.25);
  });
});
