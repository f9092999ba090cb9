import { expect, test } from 'vitest';
import { ModelSpeech } from '../../appliance/openai/model-speech.ts';
import { marked } from '../interpreter/openai/rig.ts';

const bytes = Buffer.from(marked(0, 4_800).buffer);

/** `whole` in pieces of `size` bytes, decoded one after the other. */
function decoded(whole: Buffer, size: number, about: { channels?: number } = {}): number[] {
  const speech = new ModelSpeech();
  const samples: number[] = [];
  for (let at = 0; at < whole.length; at += size) {
    samples.push(...speech.decode({ base64: whole.toString('base64', at, at + size), ...about }));
  }
  return samples;
}

test.each([1, 2, 3, 4_801, 4_799, 9_599, 9_600])('pieces of %i bytes are the same sound', (size) => {
  expect(decoded(bytes, size)).toEqual([...marked(0, 4_800)]);
});

test.each([1, 2, 3, 4_801, 9_598])('a frame of both channels waits for its other half: %i bytes', (size) => {
  expect(decoded(bytes, size, { channels: 2 })).toEqual(decoded(bytes, 9_600, { channels: 2 }));
});

test('half a sample at the end of one answer does not shift the next', () => {
  const speech = new ModelSpeech();
  const base64 = bytes.toString('base64');
  const odd = bytes.toString('base64', 0, 101);
  expect(speech.decode({ base64: odd, item: 'a' })).toHaveLength(50);
  expect(speech.decode({ base64, item: 'b' })).toEqual(marked(0, 4_800));
  speech.decode({ base64: odd, item: 'b' });
  speech.end();
  expect(speech.decode({ base64, item: 'b' })).toEqual(marked(0, 4_800));
});

test('each answer has a buffer of its own', () => {
  const speech = new ModelSpeech();
  const first = speech.decode({ base64: bytes.toString('base64', 0, 101) });
  const kept = [...first];
  speech.decode({ base64: bytes.toString('base64', 101) });
  expect([...first]).toEqual(kept);
});
