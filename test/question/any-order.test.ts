import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { QuestionRig, refusal } from './question-rig.ts';

const VISITORS = ['ana', 'bob', 'zoe'];
/** What changes most stands there more often. */
const ACTS = [
  'show',
  'hide',
  'restore',
  'answer',
  'done',
  'later',
  'seen',
  'block',
  'unblock',
  'reply',
  'vote',
  'restart',
  ...Array<'hear'>(5).fill('hear'),
  ...Array<'ask'>(2).fill('ask'),
  ...Array<'merge'>(4).fill('merge'),
  ...Array<'withdraw'>(3).fill('withdraw'),
] as const;

const step = fc.record({
  act: fc.constantFrom(...ACTS),
  who: fc.constantFrom(...VISITORS),
  one: fc.nat(9),
  other: fc.nat(9),
});

/** What must be so whatever was done, in whatever order. */
function look({ questions }: QuestionRig): void {
  const desk = questions.deskView();
  const answering = desk.filter(({ state }) => state === 'answering');
  expect(answering.length).toBeLessThanOrEqual(1);
  for (const visitor of VISITORS)
    for (const { id } of questions.visibleTo(visitor)) {
      const question = questions.find(id)!;
      expect(question.votes.has(question.attendee), 'nobody votes for their own').toBe(false);
      const head = question.mergedInto === undefined ? question : questions.find(question.mergedInto);
      expect(head, 'what it was merged into is there').toBeDefined();
      expect(head!.mergedInto, 'and is merged into nothing').toBeUndefined();
      expect(question.state).toBe(head!.state);
    }
}

test('whatever is done to questions in whatever order, none is lost or in two states, also after a restart', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const rig = await QuestionRig.open();
      await rig.setAsking({ to: 'all' });
      let n = 0;
      try {
        for (const { act, who, one, other } of steps) {
          rig.now += 30_000;
          const ids = rig.questions.deskView().map(({ id }) => id);
          const [id, into] = [ids[one % (ids.length || 1)] ?? 'x', ids[other % (ids.length || 1)] ?? 'x'];
          await refusal(async () => {
            const { questions } = rig;
            if (act === 'ask') await rig.ask(who, `${++n}`);
            else if (act === 'hear')
              questions.hear({ attendee: who, language: 'es', original: `${++n}`, text: 'x' });
            else if (act === 'merge') questions.guide.merge(id, into);
            else if (act === 'reply') questions.guide.reply(id, 'Soon.');
            else if (act === 'withdraw')
              questions.withdraw(who, questions.visibleTo(who)[one % 3]?.id ?? 'x');
            else if (act === 'vote') questions.vote(who, id, other % 2 === 0);
            else if (act === 'restart') {
              const strip = () =>
                rig.questions
                  .deskView()
                  .map(({ id: same, original, state, votes, later, merged, reply, blocked }) => ({
                    same,
                    original,
                    state,
                    votes,
                    later,
                    merged,
                    reply,
                    blocked,
                  }));
              const before = strip();
              await rig.restart();
              expect(strip()).toEqual(before);
            } else questions.guide[act](id);
          });
          look(rig);
          // What the guide says is the answer to what is being answered, and to nothing else.
          rig.rig.tour.captions.add({ language: 'en', id: `${++n}`, text: 'Yes.', final: true, at: rig.now });
          const { answers } = rig.rig.tour.captions.of('en').at(-1)!;
          expect(answers).toBe(rig.questions.deskView().find(({ state }) => state === 'answering')?.id);
        }
      } finally {
        await rig.close();
      }
    }),
    { numRuns: 60 },
  );
});
