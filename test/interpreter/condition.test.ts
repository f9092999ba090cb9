import { expect, test } from 'vitest';
import { Condition } from '../../appliance/interpreter/condition.ts';
import type { InterpreterState } from '../../appliance/interpreter/interpreter.ts';
import type { ErrorCode } from '../../appliance/protocol/errors.ts';

const nothing = (): void => undefined;

/** Tells `condition` of one interpreter's states. */
function reporter(condition: Condition): (state: InterpreterState) => void {
  const output = { onSpeech: nothing, onCaption: nothing, onSourceCaption: nothing, onState: nothing };
  const watched = condition.watch(output);
  return (state) => watched.onState(state);
}

const failed = (code: ErrorCode): InterpreterState => ({ kind: 'failed', problem: { code, message: '' } });
const away: InterpreterState = {
  kind: 'reconnecting',
  problem: { code: 'interpreter_unreachable', message: '' },
  attempt: 1,
  retryInMs: 1_000,
};

test('a server out of reach is one while any interpreter wants it', () => {
  const condition = new Condition();
  const [spanish, french] = [reporter(condition), reporter(condition)];
  spanish({ kind: 'live' });
  french(away);
  expect(condition.problem?.code).toBe('interpreter_unreachable');
  french({ kind: 'connecting' });
  expect(condition.problem?.code).toBe('interpreter_unreachable');
  french({ kind: 'stopped' });
  expect(condition.problem).toBeUndefined();
});

test('what only a person can mend holds until an interpreter works again', () => {
  const condition = new Condition();
  const spanish = reporter(condition);
  spanish(away);
  spanish(failed('interpreter_no_quota'));
  spanish({ kind: 'stopped' });
  expect(condition.problem?.code).toBe('interpreter_no_quota');
  reporter(condition)({ kind: 'connecting' });
  expect(condition.problem?.code).toBe('interpreter_no_quota');
  reporter(condition)({ kind: 'live' });
  expect(condition.problem).toBeUndefined();
});

test('a language that the engine cannot do is no trouble of the engine', () => {
  const condition = new Condition();
  reporter(condition)(failed('interpreter_language_unsupported'));
  expect(condition.problem).toBeUndefined();
});

test('everything an interpreter makes goes on to who asked for it', () => {
  const heard: unknown[] = [];
  const output = new Condition().watch({
    onSpeech: (samples) => heard.push(samples),
    onCaption: (caption) => heard.push(caption),
    onSourceCaption: (caption) => heard.push(caption),
    onState: (state) => heard.push(state),
    onSpent: (usd) => heard.push(usd),
  });
  const samples = new Int16Array(3);
  const caption = { id: '1', text: 'Hola', final: true };
  output.onSpeech(samples);
  output.onCaption(caption);
  output.onSourceCaption(caption);
  output.onState(away);
  output.onSpent?.(0.5);
  expect(heard).toEqual([samples, caption, caption, away, 0.5]);
});
