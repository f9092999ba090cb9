import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { closedSocket, failureOf, refusedUpgrade, withoutKeys } from '../../appliance/openai/failure.ts';
import { cleanUp, engineFor, listen, serve } from '../interpreter/openai/rig.ts';

afterEach(cleanUp);

describe('an OpenAI interpreter that cannot work', () => {
  it.each(['upgrade', 'event'] as const)(
    'says that the key is refused (in an %s), and leaves it',
    async (where) => {
      const server = await serve();
      server.refuseKey(where);
      const { ear } = listen(engineFor(server.url));
      await ear.untilState('failed');
      expect(ear.state).toMatchObject({
        kind: 'failed',
        problem: {
          code: 'interpreter_key_refused',
          message:
            'OpenAI refused the key. Check the key in the box’s settings; the guide’s own voice goes on.',
        },
      });
      expect(server.sessions.length + server.refusals).toBe(1);
    },
  );

  it.each(['upgrade', 'event'] as const)('says that the credit is used up (in an %s)', async (where) => {
    const server = await serve();
    server.noQuota(where);
    const { ear } = listen(engineFor(server.url));
    await ear.untilState('failed');
    expect(ear.state).toMatchObject({ problem: { code: 'interpreter_no_quota' } });
  });

  it.each([
    ['billing_not_active', 'billing_not_active', 'billing is not active'],
    ['credit_balance_exhausted', 'insufficient_quota', 'no credit left'],
    ['insufficient_quota', 'insufficient_quota', 'no credit left'],
    ['billing_hard_limit_reached', 'invalid_request_error', 'spending limit'],
    ['project_spend_limit_exceeded', 'insufficient_quota', 'spending limit'],
    ['organization_spend_limit_exceeded', 'insufficient_quota', 'spending limit'],
    ['organization_usage_limit_exceeded', 'insufficient_quota', 'spending limit'],
    ['a_code_of_next_year', 'insufficient_quota', 'no credit left'],
  ])('leaves it at a refusal with %s, and names the billing', async (code, type, words) => {
    const server = await serve();
    const error = { type, code, message: 'Please check your billing details.', param: null };
    server.refuseWith({ status: 429, error });
    const { ear } = listen(engineFor(server.url));
    await ear.until(() => ear.states.length > 1);
    expect(ear.state).toMatchObject({ kind: 'failed', problem: { code: 'interpreter_no_quota' } });
    const message = ear.state && 'problem' in ear.state ? ear.state.problem?.message : '';
    expect(message).toContain(words);
    expect(message).toContain('billing');
    expect(server.refusals).toBe(1);
    expect(failureOf({ error, ready: true, language: 'es' })?.final, 'in the middle of a session').toBe(true);
    expect(closedSocket(`${type}.${code}`).final).toBe(code !== 'a_code_of_next_year');
  });

  it.each([
    ['rate_limit_exceeded', 'requests', 429],
    ['rate_limit_exceeded', 'insufficient_quota', 429],
    ['slow_down', 'server_error', 503],
    ['server_is_overloaded', 'server_error', 503],
    [null, 'server_error', 503],
    [null, 'requests', 429],
    ['constructor', 'toString', 500],
  ])('tries again after a refusal with %s (%s, HTTP %i)', async (code, type, status) => {
    const server = await serve();
    const error = { type, code, message: 'Please try again later.', param: null };
    server.refuseWith({ status, error });
    const { ear } = listen(engineFor(server.url));
    await ear.until(() => ear.states.length > 1);
    expect(ear.state).toMatchObject({
      kind: 'reconnecting',
      problem: { code: 'interpreter_unreachable', message: expect.stringContaining('tries again by itself') },
    });
    server.refuseWith(undefined);
    await ear.untilState('live');
    expect(failureOf({ error, ready: true, language: 'es' }), 'a session goes on').toBeUndefined();
  });

  it.each([
    ['account_deactivated', 401],
    ['ip_not_authorized', 401],
    ['unsupported_country_region_territory', 403],
    ['beta_api_shape_disabled', 400],
    [null, 401],
    [null, 402],
    [null, 403],
  ])('does not try again after a refusal with %s (HTTP %i)', (code, status) => {
    const body = { type: 'invalid_request_error', code, message: 'No.', param: null };
    expect(refusedUpgrade({ status, body })).toMatchObject({ final: true });
  });

  it('takes a key that was pasted with its line end', async () => {
    const server = await serve();
    const { ear } = listen(engineFor(server.url, { apiKey: 'sk-test\r\n' }));
    await ear.untilState('live');
    expect(ear.states.map(({ kind }) => kind)).toEqual(['connecting', 'live']);
  });

  it('says that a key cannot be one, without asking the server', async () => {
    const server = await serve();
    const engine = engineFor(server.url, { apiKey: '“sk-test”' });
    expect(engine.problem).toMatchObject({ code: 'interpreter_key_refused' });
    expect(engine.problem?.message).not.toContain('sk-');
    const { ear } = listen(engine);
    expect(ear.state).toMatchObject({ kind: 'failed', problem: { code: 'interpreter_key_refused' } });
    expect(server.refusals + server.sessions.length).toBe(0);
  });

  it('says that its language is none of the model’s, without asking the server', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url), { to: 'nl' });
    expect(ear.state).toMatchObject({
      kind: 'failed',
      problem: { code: 'interpreter_language_unsupported', message: expect.stringContaining('Dutch') },
    });
    interpreter.captionSource(true);
    await interpreter.stop();
    expect(ear.state).toEqual({ kind: 'stopped' });
    expect(server.sessions).toEqual([]);
  });

  it('believes the server that its language is not supported', () => {
    const error = {
      type: 'invalid_request_error',
      code: 'invalid_value',
      message: 'Invalid value',
      param: 'session.audio.output.language',
    };
    expect(failureOf({ error, ready: false, language: 'vi' })).toMatchObject({
      final: true,
      problem: { code: 'interpreter_language_unsupported' },
    });
  });

  it('says that the key is missing, where one is needed', () => {
    const engine = engineFor('wss://api.openai.com/v1/realtime', { apiKey: undefined });
    expect(engine.problem?.code).toBe('interpreter_key_missing');
    const { ear } = listen(engine);
    expect(ear.state).toMatchObject({ kind: 'failed', problem: { code: 'interpreter_key_missing' } });
  });

  it('needs no key on a LAN', async () => {
    const server = await serve({ apiKey: null });
    const engine = engineFor(server.url, { apiKey: undefined });
    expect(engine.problem).toBeUndefined();
    const { ear } = listen(engine);
    await ear.untilState('live');
  });

  it('says which address is none', () => {
    const engine = engineFor('our server');
    expect(engine.problem).toMatchObject({
      code: 'interpreter_failed',
      message: expect.stringContaining('our server'),
    });
    expect(listen(engine).ear.state?.kind).toBe('failed');
  });

  it('tries again, more and more slowly, while nobody answers', async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const { ear } = listen(
      engineFor(`ws://127.0.0.1:${port}`, { timing: { backoffMs: 16, backoffMaxMs: 64 } }),
    );
    await ear.untilState('reconnecting', 4);
    const tries = ear.states.filter((state) => state.kind === 'reconnecting');
    expect(tries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    for (const [index, ms] of [16, 32, 64, 64].entries()) {
      expect(tries[index]?.retryInMs).toBeGreaterThanOrEqual(ms / 2);
      expect(tries[index]?.retryInMs).toBeLessThanOrEqual(ms);
    }
    expect(tries[0]?.problem.code).toBe('interpreter_unreachable');
  });

  it('is live as soon as a server in trouble recovers', async () => {
    const server = await serve();
    server.unavailable(true);
    const { ear } = listen(engineFor(server.url));
    await ear.untilState('reconnecting', 2);
    expect(ear.state).toMatchObject({ problem: { message: expect.stringContaining('HTTP 503') } });
    server.unavailable(false);
    await ear.untilState('live');
  });

  it('gives up an attempt that a silent server does not answer', async () => {
    const server = await serve();
    server.stall(true);
    const { ear } = listen(engineFor(server.url, { timing: { openTimeoutMs: 60 } }));
    await ear.untilState('reconnecting');
    server.stall(false);
    await ear.untilState('live');
  });

  it('never repeats a key', () => {
    expect(withoutKeys('Incorrect API key provided: sk-proj-abc***xyz. See')).toBe(
      'Incorrect API key provided: [key]. See',
    );
  });
});
