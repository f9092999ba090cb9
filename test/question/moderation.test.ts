import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CaptionLine } from '../../appliance/protocol/views.ts';
import { QuestionRig, refusal, until } from './question-rig.ts';

let rig: QuestionRig;

beforeEach(async () => {
  rig = await QuestionRig.open();
});

afterEach(() => rig.close());

const states = (attendee: string): string[] => rig.seenBy(attendee).map(({ state }) => state);

/** What stands in a language's captions. */
const captions = (language: string): readonly CaptionLine[] => rig.rig.tour.captions.of(language);

test('a question is its asker’s and the guide’s alone, until the guide shows it', async () => {
  const { id } = await rig.ask('ana', 'Uno');
  expect(rig.seenBy('bob')).toEqual([]);
  rig.questions.guide.show(id);
  expect(rig.seenBy('bob')).toMatchObject([{ original: 'Uno', mine: false, state: 'shown' }]);
  rig.questions.guide.hide(id);
  expect(rig.seenBy('bob')).toEqual([]);
  // Its asker is told that it is with the guide.
  expect(states('ana')).toEqual(['pending']);
  rig.questions.guide.restore(id);
  expect(states('bob')).toEqual(['shown']);
});

test('an asker is told when the guide has read it, and what is answered can be taken back', async () => {
  const { id } = await rig.ask('ana', 'Uno');
  rig.questions.guide.seen(id);
  expect(rig.seenBy('ana')).toMatchObject([{ seen: true, state: 'pending' }]);
  rig.questions.guide.answer(id);
  expect(states('ana')).toEqual(['answering']);
  rig.questions.guide.done(id);
  expect(states('ana')).toEqual(['answered']);
  rig.questions.guide.restore(id);
  expect(states('ana')).toEqual(['shown']);
});

test('votes are taken for what is shown, where the guide has asked for them, once from each', async () => {
  const { id } = await rig.ask('ana', 'Uno');
  const refused = (attendee: string, question = id) =>
    refusal(() => rig.questions.vote(attendee, question, true));
  expect(await refused('bob')).toBe('question_not_found');
  rig.questions.guide.show(id);
  expect(await refused('bob')).toBe('questions_off');
  await rig.setAsking({ to: 'all' });
  for (const attendee of ['bob', 'bob', 'zoe']) rig.questions.vote(attendee, id, true);
  expect(rig.seenBy('bob')).toMatchObject([{ votes: 2, voted: true }]);
  expect(rig.seenBy('ken')).toMatchObject([{ votes: 2, voted: false }]);
  rig.questions.vote('bob', id, false);
  expect(rig.questions.deskView()).toMatchObject([{ votes: 1 }]);
  expect(await refused('ana')).toBe('forbidden');
  expect(await refused('bob', 'of another tour')).toBe('question_not_found');
  rig.questions.guide.hide(id);
  expect(await refused('ken')).toBe('question_not_found');
});

test('when the tour is over, nothing more is shown or answered to all', async () => {
  const { id } = await rig.ask('ana', 'Uno');
  await rig.rig.tour.end();
  const before = rig.rig.tour.captions.all().length;
  for (const act of [rig.questions.guide.show, rig.questions.guide.answer])
    expect(await refusal(() => act(id))).toBe('tour_over');
  expect(rig.seenBy('bob')).toEqual([]);
  expect(rig.rig.tour.captions.all()).toHaveLength(before);
  // Who asked may still be told something.
  rig.questions.guide.reply(id, 'I will send you the book.');
  expect(rig.seenBy('ana')).toMatchObject([{ state: 'answered' }]);
});

test('who is blocked is told on, so that they do not go on speaking either', async () => {
  const { id } = await rig.ask('rude', 'Boo');
  rig.questions.guide.block(id);
  rig.questions.guide.unblock(id);
  expect(rig.blocked).toEqual(['rude']);
});

test('what a visitor says to all is captioned as the question that it becomes, also while another is answered', async () => {
  const { id: answered } = await rig.ask('ana', 'Uno');
  rig.questions.guide.answer(answered);
  const say = (id: string, text: string): void =>
    rig.rig.tour.captions.add({ language: 'en', id, text, final: false, at: rig.now++ });
  say('1', 'The tower');
  rig.questions.speaks('ken');
  say('2', 'Toire');
  say('1', 'The tower is old.');
  rig.now++;
  rig.questions.speaks(undefined);
  say('3', 'Down there.');
  say('2', 'Toire wa?');
  const spoken = { attendee: 'ken', language: 'ja', original: 'トイレは？' };
  const { id } = rig.questions.hear({ ...spoken, text: 'The toilet?', toAll: true });
  const marks = captions('en').map(({ text, asked, answers }) => [text, asked, answers]);
  expect(marks.slice(-4)).toEqual([
    ['The tower is old.', undefined, answered],
    ['Toire wa?', id, undefined],
    ['Down there.', undefined, answered],
    // For who reads the guide's language.
    ['The toilet?', id, undefined],
  ]);
  // Nothing of it stands in the way of what they ask the guide alone.
  const before = captions('en').length;
  const { id: later } = rig.questions.hear({ ...spoken, text: 'And where?' });
  expect(later).not.toBe(id);
  expect(captions('en')).toHaveLength(before);
});

test('who votes to and fro is not counted beyond reason', async () => {
  const { id } = await rig.ask('ana', 'Uno');
  await rig.setAsking({ to: 'all' });
  rig.questions.guide.show(id);
  for (const on of [true, false, true, false, true]) rig.questions.vote('bob', id, on);
  expect(await refusal(() => rig.questions.vote('bob', id, false))).toBe('too_many_attempts');
  expect(rig.questions.deskView()).toMatchObject([{ votes: 1 }]);
});

test('one question goes into another with its votes, and both askers hear what becomes of it', async () => {
  await rig.setAsking({ to: 'all' });
  const [first, second, third] = [
    await rig.ask('ana', 'Uno'),
    await rig.ask('bob', 'Dos'),
    await rig.ask('zoe', 'Tres'),
  ];
  for (const { id } of [first, second]) rig.questions.guide.show(id);
  for (const attendee of ['ken', 'zoe']) rig.questions.vote(attendee, second.id, true);
  rig.questions.vote('ken', first.id, true);
  rig.questions.guide.merge(third.id, second.id);
  rig.questions.guide.merge(second.id, first.id);
  // Ken's vote counts once; Bob and Zoe, who asked the same, count too.
  expect(rig.questions.deskView()).toMatchObject([{ original: 'Uno', votes: 3, merged: 2 }]);
  expect(rig.seenBy('ken')).toMatchObject([{ original: 'Uno', voted: true }]);
  rig.questions.guide.answer(first.id);
  expect(states('bob')).toContain('answering');
  expect(await refusal(() => rig.questions.guide.merge(first.id, first.id))).toBe('bad_request');
});

test('those that were merged into a question that is taken back go on without it', async () => {
  const [first, second] = [await rig.ask('ana', 'Uno'), await rig.ask('bob', 'Dos')];
  rig.questions.guide.show(first.id);
  rig.questions.guide.merge(second.id, first.id);
  rig.questions.withdraw('ana', first.id);
  expect(rig.questions.deskView()).toMatchObject([{ original: 'Dos', state: 'shown', merged: 0 }]);
});

test('a reply reaches who asked in their language, and nobody else', async () => {
  rig.rig.reader('ana', 'es');
  rig.dictionary.add({ en: 'At four, gate 3.', es: 'A las cuatro, puerta 3.' });
  const { id } = await rig.ask('ana', 'Uno');
  rig.questions.guide.reply(id, 'At four, gate 3.');
  await until(() => rig.seenBy('ana')[0]?.reply?.by === 'box');
  expect(rig.seenBy('ana')).toMatchObject([
    { state: 'answered', reply: { text: 'A las cuatro, puerta 3.', original: 'At four, gate 3.' } },
  ]);
  expect(rig.seenBy('bob')).toEqual([]);
});

test('a question that is answered stands in the captions of every language, and is read in each', async () => {
  rig.rig.reader('bob', 'fr');
  rig.dictionary.add({ es: '¿Quién lo hizo?', en: 'Who made it?', fr: 'Qui l’a fait ?' });
  const { id } = await rig.ask('ana', '¿Quién lo hizo?');
  rig.questions.guide.answer(id);
  await until(() => rig.announced.length > 0);
  expect(rig.announced).toEqual([{ en: 'Who made it?', fr: 'Qui l’a fait ?' }]);
  for (const [language, text] of [
    ['en', 'Who made it?'],
    ['fr', 'Qui l’a fait ?'],
  ] as const)
    expect(captions(language)).toMatchObject([{ text, asked: id, final: true }]);
  // Nobody reads Spanish yet; whoever comes later reads it there, too.
  expect(captions('es')).toEqual([]);
  rig.questions.reads('es');
  await until(() => captions('es').length > 0);
  expect(captions('es')).toMatchObject([{ text: '¿Quién lo hizo?', asked: id }]);
});

test('what the guide says until they have done is marked as the answer, and nothing else is', async () => {
  const { id } = await rig.ask('ana', 'Uno');
  const say = (line: string, at = rig.now): void =>
    rig.rig.tour.captions.add({ language: 'en', id: line, text: line, final: true, at });
  say('before');
  rig.questions.guide.answer(id);
  rig.now += 1_000;
  say('answer');
  rig.questions.guide.done(id);
  rig.now += 1_000;
  say('after');
  // A line that has begun as an answer is one to its end.
  say('answer');
  const told = rig.rig.events.flatMap((event) => (event.type === 'caption' ? [event.line] : []));
  expect(told.map((line) => [line.id, line.answers]).filter(([line]) => !line?.startsWith('asked'))).toEqual([
    ['before', undefined],
    ['answer', id],
    ['after', undefined],
    ['answer', id],
  ]);
});

test('one question is answered at a time', async () => {
  const [first, second] = [await rig.ask('ana', 'Uno'), await rig.ask('bob', 'Dos')];
  rig.questions.guide.answer(first.id);
  rig.questions.guide.answer(second.id);
  expect(states('ana')).toEqual(['answered', 'answering']);
});

test('others are spared the original while a question is translated, but not for ever', async () => {
  rig.dictionary.add({ es: 'Uno', en: 'One', fr: 'Un' });
  const question = await rig.ask('ana', 'Uno');
  await until(() => rig.onDesk.includes('One'));
  rig.dictionary.held = true;
  rig.rig.reader('bob', 'fr');
  rig.questions.guide.show(question.id);
  expect(rig.questions.isReady(question, 'fr')).toBe(false);
  rig.now += 3_000;
  expect(rig.questions.isReady(question, 'fr')).toBe(true);
  rig.dictionary.letGo();
  await until(() => rig.seenBy('bob', 'fr')[0]?.text === 'Un');
});

test('however many read a language, a question is translated into it once', async () => {
  rig.dictionary.add({ es: 'Uno', en: 'One', fr: 'Un' });
  const { id } = await rig.ask('ana', 'Uno');
  rig.questions.guide.show(id);
  for (const attendee of ['a', 'b', 'c', 'd']) rig.seenBy(attendee, 'fr');
  await until(() => rig.seenBy('a', 'fr')[0]?.text === 'Un');
  for (const attendee of ['a', 'b', 'c', 'd']) rig.seenBy(attendee, 'fr');
  expect(rig.dictionary.asked.map(({ to }) => to).toSorted()).toEqual(['en', 'fr']);
});
