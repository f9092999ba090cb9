import { afterEach, beforeEach, expect, test } from 'vitest';
import { QuestionRig, refusal, until } from './question-rig.ts';

let rig: QuestionRig;

beforeEach(async () => {
  rig = await QuestionRig.open();
});

afterEach(() => rig.close());

test('what was asked is there after a power cut, as soon as its asker was told that it was taken', async () => {
  await rig.ask('ana', 'Uno');
  await rig.restart({ cut: true });
  expect(rig.onDesk).toEqual(['Uno']);
  expect(await refusal(() => rig.ask('ana', 'Dos'))).toBe('question_open');
});

test('questions go on where they were: states, votes, replies, blocks, merges, and the answer that was given', async () => {
  await rig.setAsking({ to: 'all' });
  rig.dictionary.add({ es: 'Uno', en: 'One' });
  const [one, two, three] = [
    await rig.ask('ana', 'Uno'),
    await rig.ask('bob', 'Dos'),
    await rig.ask('rude', 'Tres'),
  ];
  await until(() => rig.onDesk.includes('One'));
  const waits = await rig.ask('zoe', 'Cuatro');
  const { guide } = rig.questions;
  guide.show(two.id);
  rig.questions.vote('ken', two.id, true);
  guide.reply(one.id, 'Soon.');
  guide.later(two.id);
  guide.block(three.id);
  guide.answer(two.id);
  await until(() => rig.questions.deskView().every((each) => each.text ?? each.untranslated));
  const onDesk = () => rig.questions.deskView().filter(({ id }) => id !== waits.id);
  const before = [onDesk(), rig.seenBy('ana'), rig.seenBy('zoe')];
  await rig.restart();
  await until(() => rig.questions.deskView().every((each) => each.text ?? each.untranslated));
  expect([onDesk(), rig.seenBy('ana'), rig.seenBy('zoe')]).toEqual(before);
  expect(await refusal(() => rig.ask('rude', 'Boo'))).toBe('asker_blocked');
  rig.rig.tour.captions.add({ language: 'en', id: 'x', text: 'Yes.', final: true, at: rig.now });
  expect(rig.rig.tour.captions.of('en').at(-1)).toMatchObject({ answers: two.id });
});

test('nothing is written down of a tour of which no transcript is made', async () => {
  rig.kept = false;
  await rig.ask('ana', 'Uno');
  expect(await rig.keptStore.tours()).toEqual([]);
});

test('a translation that comes after a tour was deleted brings nothing of it back', async () => {
  rig.dictionary.add({ es: 'Uno', en: 'One' });
  rig.dictionary.held = true;
  const asked = await rig.ask('ana', 'Uno');
  rig.questions.stop();
  await rig.keptStore.erase('t');
  rig.dictionary.letGo();
  await until(() => asked.words.settled('en'));
  await rig.keptStore.stop();
  expect(await rig.keptStore.tours()).toEqual([]);
});

test('what is erased is gone from the disk and from every page', async () => {
  await rig.ask('ana', 'Uno');
  rig.questions.clear();
  await rig.keptStore.erase('t');
  expect(rig.onDesk).toEqual([]);
  expect(await rig.keptStore.tours()).toEqual([]);
});

test('old questions that are done with go, and those that wait stay', async () => {
  const [old, open] = [await rig.ask('ana', 'Uno'), await rig.ask('bob', 'Dos')];
  rig.questions.guide.answer(old.id);
  rig.questions.guide.done(old.id);
  await rig.keptStore.settle('t');
  rig.questions.forgetBefore(rig.now + 1);
  await rig.keptStore.forgetBefore('t', rig.now + 1);
  expect(await rig.keptStore.lastAt('t')).toBe(open.at);
  await rig.restart();
  expect(rig.onDesk).toEqual(['Dos']);
});

test('votes to and fro do not fill the disk', async () => {
  const { id } = await rig.ask('ana', 'Uno');
  await rig.setAsking({ to: 'all' });
  rig.questions.guide.show(id);
  for (let n = 0; n < 6_000; n++) {
    if (n % 5 === 0) rig.now += 2_000;
    rig.questions.vote('bob', id, n % 2 === 0);
  }
  await rig.keptStore.settle('t');
  const { size } = await rig.fileOf();
  expect(size).toBeLessThan(500_000);
  await rig.restart();
  expect(rig.questions.deskView()).toMatchObject([{ votes: 0 }]);
});
