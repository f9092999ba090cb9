import { expect, test } from 'vitest';
import { outsideOf } from '../../appliance/breaker/outside.ts';

test('each service that does not answer is told of by its kind, and none is taken for a relay', () => {
  const kinds = ['translation', 'transcription', 'text', 'reading', 'stun:stun.example.com'].map((name) =>
    outsideOf(new Map([[name, 'open']])).map(({ kind }) => kind),
  );
  expect(kinds).toEqual([['interpreting'], ['captions'], ['texts'], ['reading'], ['ice']]);
});

test('of each kind the worst is told, and a relay that is only being tried again is still away', () => {
  const states = new Map([
    ['translation', 'half-open'],
    ['conversation', 'open'],
    ['turn:relay.example.com', 'half-open'],
    ['reading', 'closed'],
  ] as const);
  expect(outsideOf(states)).toEqual([
    { kind: 'interpreting', state: 'open' },
    { kind: 'ice', state: 'open' },
  ]);
});
