import { expect } from '@open-wc/testing';
import { inOrder } from '../../../../ui/visitor/ask/question-order.ts';
import { question } from '../conversation/host.ts';

const ids = (questions: ReturnType<typeof inOrder>): string => questions.map(({ id }) => id).join('');

describe('the order of questions', () => {
  const a = question({ id: 'a', votes: 1, at: 1 });
  const b = question({ id: 'b', votes: 3, at: 2 });
  const c = question({ id: 'c', votes: 3, at: 3 });

  it('is that of the votes, and of time among equals', () => {
    expect(ids(inOrder([a, c, b], { before: [], held: false }))).to.equal('bca');
  });

  it('stands still under a finger: what comes is added below, what goes is left out', () => {
    const loved = { ...a, votes: 40 };
    expect(
      ids(inOrder([loved, c, question({ id: 'n', votes: 9 })], { before: ['b', 'c', 'a'], held: true })),
    ).to.equal('can');
    expect(ids(inOrder([loved, b, c], { before: ['b', 'c', 'a'], held: false }))).to.equal('abc');
  });
});
