import { expect, it } from 'vitest';
import type { InterpreterState } from '../../appliance/interpreter/interpreter.ts';
import { NoEngine } from '../../appliance/interpreter/none.ts';

it('offers no language and says why', async () => {
  const states: InterpreterState[] = [];
  const engine = new NoEngine();
  expect(engine.pairs).toEqual([]);
  const interpreter = engine.create({
    from: 'en',
    to: 'es',
    captionSource: true,
    output: {
      onState: (state) => states.push(state),
      onCaption: () => expect.unreachable(),
      onSourceCaption: () => expect.unreachable(),
      onSpeech: () => expect.unreachable(),
    },
  });
  interpreter.start();
  interpreter.hear({ samples: new Int16Array(480), capturedAt: 0, blank: true, voiced: false });
  expect(states).toMatchObject([
    {
      kind: 'failed',
      problem: { code: 'interpreter_language_unsupported', message: expect.stringMatching(/\.$/) },
    },
  ]);
  await interpreter.stop();
  expect(states.at(-1)).toEqual({ kind: 'stopped' });
  await engine.stop();
});
