import { afterEach, describe, expect, it } from 'vitest';
import type { BrokenOff } from '../../realtime-server/wire.ts';
import type { RealtimeServer } from '../../realtime-server/realtime-server.ts';
import { sentenceIn } from '../../realtime-server/sentences.ts';
import { cleanUp, type Ear, engineFor, last, listen, marked, PIECE, serve, speak } from './rig.ts';

afterEach(cleanUp);

/** A session that is live, and one turn of the guide's. */
async function conversation(): Promise<{ server: RealtimeServer; ear: Ear; say: () => void }> {
  const server = await serve();
  const engine = engineFor(server.url, { dialect: 'conversation' });
  const { ear, interpreter } = listen(engine, { to: 'it' });
  await ear.untilState('live');
  const turn = new Int16Array(8 * PIECE);
  turn.set(marked(0, 4 * PIECE));
  return { server, ear, say: () => speak(interpreter, turn) };
}

const problemOf = (ear: Ear) => (ear.state && 'problem' in ear.state ? ear.state.problem : undefined);

describe('a conversation session that does not answer the guide', () => {
  it('has failed when the credit is gone, and the guide reads so', async () => {
    const { server, ear, say } = await conversation();
    const error = { type: 'insufficient_quota', code: 'insufficient_quota', message: 'You exceeded…' };
    server.breakOff({ status: 'failed', error });
    say();
    await ear.until(() => ear.states.length > 2);
    expect(ear.state).toMatchObject({ kind: 'failed', problem: { code: 'interpreter_no_quota' } });
    expect(ear.spentUsd, 'what it has cost is told all the same').toBeGreaterThan(0);
    expect(server.sessions.length + server.refusals).toBe(1);
  });

  it.each<[BrokenOff, string, string]>([
    [
      { status: 'failed', error: { type: 'server_error', message: 'sk-abc had an error.' } },
      'interpreter_failed',
      '[key] had an error.',
    ],
    [{ status: 'failed', error: { type: 'server_error' } }, 'interpreter_failed', 'does not say why'],
    [
      { status: 'failed', error: { type: 'requests', code: 'rate_limit_exceeded', message: 'Slowly.' } },
      'interpreter_unreachable',
      'too much at once',
    ],
    [{ status: 'incomplete', reason: 'content_filter' }, 'interpreter_failed', 'holds back'],
    [{ status: 'incomplete', reason: 'max_output_tokens' }, 'interpreter_failed', 'no room'],
    [{ status: 'cancelled', reason: 'client_cancelled' }, 'interpreter_failed', 'breaks off'],
  ])('is away until one speaks again: %j', async (how, code, words) => {
    const { server, ear, say } = await conversation();
    server.breakOff(how);
    say();
    await ear.untilState('reconnecting');
    expect(problemOf(ear)).toMatchObject({ code, message: expect.stringContaining(words) });
    // It is open again at once, and that alone proves nothing: the guide is heard.
    await server.until(() => server.sessions.length === 2 && last(server).updates.length > 0);
    say();
    await ear.untilState('reconnecting', 2);
    expect(ear.states.map(({ kind }) => kind).slice(2)).toEqual(['reconnecting', 'reconnecting']);
    server.breakOff(undefined);
    await server.until(() => server.sessions.length === 3 && last(server).updates.length > 0);
    say();
    await ear.untilState('live', 2);
    await ear.until(() => ear.finals().join(' ').includes(sentenceIn('it', 1)));
  });

  it('goes on when the guide’s next words cut off one answer, not when they cut off all', async () => {
    const { server, ear, say } = await conversation();
    server.breakOff({ status: 'cancelled', reason: 'turn_detected' });
    say();
    await server.until(() => last(server).answers === 1);
    server.breakOff(undefined);
    say();
    await ear.until(() => ear.samples > 0);
    expect(ear.states.map(({ kind }) => kind)).toEqual(['connecting', 'live']);

    server.breakOff({ status: 'cancelled', reason: 'turn_detected' });
    say();
    say();
    await ear.untilState('reconnecting');
    expect(problemOf(ear)).toMatchObject({ message: expect.stringContaining('breaks off') });
  });
});
