import { afterEach, expect, test, vi } from 'vitest';
import { Breakers } from '../../../appliance/breaker/breakers.ts';
import { Ladder } from '../../../appliance/interpreter/ladder/ladder.ts';
import { Rung } from '../../../appliance/interpreter/ladder/rung.ts';
import { LADDER_TIMING } from '../../../appliance/interpreter/ladder/timing.ts';
import { silentLog } from '../../../appliance/log.ts';
import { cleanUp, Ear, engineFor, listen, serve } from './rig.ts';

afterEach(cleanUp);

/** So long that nothing comes of it within a test. */
const LONG_MS = 600_000;
const LANGUAGES = ['es', 'fr', 'de', 'it', 'pt', 'ja', 'ko', 'hi', 'vi', 'id'];
const away = (): Promise<void> => Promise.resolve();

test('ten languages do not each knock again and again at a service that is away', async () => {
  const server = await serve();
  server.unavailable(true);
  const breakers = new Breakers();
  breakers.of('translation', { failures: 5, restMs: LONG_MS });
  const engine = engineFor(server.url, { breakers });
  const heard = LANGUAGES.map((to) => listen(engine, { to }).ear);
  await Promise.all(heard.map((ear) => ear.untilState('reconnecting', 3)));
  expect(server.refusals, 'each once, all at the same time').toBe(LANGUAGES.length);
  expect(breakers.states.get('translation')).toBe('open');
});

test('one finds the service back for all', async () => {
  const server = await serve();
  server.unavailable(true);
  const breakers = new Breakers();
  const engine = engineFor(server.url, { breakers });
  const heard = LANGUAGES.map((to) => listen(engine, { to }).ear);
  await Promise.all(heard.map((ear) => ear.untilState('reconnecting', 2)));
  server.unavailable(false);
  await Promise.all(heard.map((ear) => ear.untilState('live')));
  await vi.waitFor(() => expect(breakers.states.get('translation')).toBe('closed'));
});

test('a refusal that only a person can mend does not mean that the service is away', async () => {
  const server = await serve();
  server.refuseKey('upgrade');
  const breakers = new Breakers();
  const engine = engineFor(server.url, { breakers });
  const heard = LANGUAGES.map((to) => listen(engine, { to }).ear);
  await Promise.all(heard.map((ear) => ear.untilState('failed')));
  expect(breakers.states.get('translation')).toBe('closed');
});

test('the ladder leaves a service that others have found away, without waiting for it', async () => {
  const server = await serve();
  const breakers = new Breakers();
  const timing = { ...LADDER_TIMING, openMs: LONG_MS, awayMs: LONG_MS, backoffMs: LONG_MS };
  const engine = engineFor(server.url, { breakers, timing: { backoffMs: LONG_MS, backoffMaxMs: LONG_MS } });
  const programs = { name: 'offline', rough: true, pairs: [{ from: '*', to: ['es'] }] } as const;
  const lower = await serve();
  const own = engineFor(lower.url);
  const rungs = [
    new Rung({ engine, timing, log: silentLog() }),
    new Rung({
      engine: { ...programs, create: (asked) => own.create(asked), stop: away },
      timing,
      log: silentLog(),
    }),
  ];
  const ladder = new Ladder({
    name: 'openai',
    rungs,
    unable: () => ({ code: 'interpreter_failed', message: '' }),
    timing,
  });
  const ear = new Ear();
  const spanish = ladder.create({ from: 'en', to: 'es', output: ear, captionSource: false });
  spanish.start();
  await ear.untilState('live');
  // Its session breaks, and it would come back in ten minutes; five others find out why.
  server.unavailable(true);
  server.dropNow('es');
  await ear.untilState('reconnecting');
  for (const to of LANGUAGES.slice(1, 6)) listen(engine, { to });
  await ear.until(() => ear.state?.kind === 'live' && ear.state.by === 'box');
  await ladder.stop();
  await Promise.all(rungs.map((rung) => rung.stop()));
});
