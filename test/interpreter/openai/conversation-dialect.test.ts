import { expect, test } from 'vitest';
import { conversationDialect } from '../../../appliance/interpreter/openai/conversation-dialect.ts';

const TWO_SAMPLES = Buffer.from([1, 0, 2, 0]).toString('base64');

test.each([{}, { item_id: null, response_id: null }])(
  'sound and words of a server without items are heard and read: %j',
  (items) => {
    const read = conversationDialect.reader();
    const told = (event: object): unknown => read(JSON.stringify({ ...event, ...items }));
    expect(told({ type: 'response.output_audio.delta', delta: TWO_SAMPLES })).toEqual({
      kind: 'speech',
      samples: Int16Array.of(1, 2),
    });
    expect(told({ type: 'response.output_audio_transcript.delta', delta: 'Mind' })).toEqual({
      kind: 'words',
      delta: 'Mind',
    });
    expect(told({ type: 'response.output_audio_transcript.done', transcript: 'Mind the step.' })).toEqual({
      kind: 'words-end',
      rest: ' the step.',
    });
  },
);
