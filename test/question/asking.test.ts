import { afterEach, beforeEach, expect, test } from 'vitest';
import { QuestionRig, refusal, until } from './question-rig.ts';

let rig: QuestionRig;

beforeEach(async () => {
  rig = await QuestionRig.open();
});

afterEach(() => rig.close());

test('a question comes to the desk in the guide’s language, with what was written beside it', async () => {
  rig.dictionary.add({ es: '¿Cuándo sale el autobús?', en: 'When does the bus leave?' });
  await rig.ask('ana', '¿Cuándo sale el autobús?');
  await until(() => rig.onDesk.includes('When does the bus leave?'));
  expect(rig.questions.deskView()).toMatchObject([
    { attendee: 'ana', original: '¿Cuándo sale el autobús?', language: 'es', by: 'box', state: 'pending' },
  ]);
});

test('the language in which somebody has typed is found out, whatever they read', async () => {
  rig.dictionary.add({ ja: 'トイレはどこですか', en: 'Where is the toilet?' });
  await rig.ask('ken', 'トイレはどこですか', { language: 'es' });
  await until(() => rig.questions.deskView()[0]?.text !== undefined);
  expect(rig.questions.deskView()).toMatchObject([{ language: 'ja', text: 'Where is the toilet?' }]);
  expect(rig.dictionary.asked).toEqual([{ to: 'en', likely: 'es', author: 'ken' }]);
});

test('somebody who reads the guide’s language may write in another', async () => {
  rig.dictionary.add({ es: '¿Dónde?', en: 'Where?' });
  await rig.ask('ana', '¿Dónde?', { language: 'en' });
  await until(() => rig.onDesk.includes('Where?'));
});

test('a guide who chooses another language before the start reads there what was asked until then', async () => {
  const ready = await QuestionRig.open({ live: false });
  ready.dictionary.add({ es: '¿Dónde?', en: 'Where?', fr: 'Où ?' });
  await ready.ask('ana', '¿Dónde?');
  await until(() => ready.onDesk.includes('Where?'));
  await ready.rig.tour.patch({ floorLanguage: 'fr' });
  await until(() => ready.onDesk.includes('Où ?'));
  await ready.close();
});

test('what cannot be translated is shown as it was written, and why', async () => {
  await rig.ask('ana', 'Kdaj?');
  await until(() => rig.questions.deskView()[0]?.untranslated !== undefined);
  expect(rig.questions.deskView()).toMatchObject([
    { by: 'as-written', original: 'Kdaj?', untranslated: 'no-engine' },
  ]);
});

test('a visitor has one question at a time with the guide, and may take it back', async () => {
  const first = await rig.ask('ana', 'Uno');
  expect(await refusal(() => rig.ask('ana', 'Dos'))).toBe('question_open');
  rig.questions.withdraw('ana', first.id);
  await rig.ask('ana', 'Dos');
  expect(rig.onDesk).toEqual(['Dos']);
});

test('an asker is told which question keeps them from asking another, and the box holds to it', async () => {
  const open = (): boolean => rig.seenBy('ana').some((each) => each.open === true);
  await rig.ask('ana', 'Help', { urgent: true });
  expect(open()).toBe(false);
  const { id } = await rig.ask('ana', 'Uno');
  const { later, restore, hide } = rig.questions.guide;
  for (const act of [() => undefined, later, restore, hide]) {
    act(id);
    const told = open();
    expect((await refusal(() => rig.ask('ana', 'Dos'))) === 'question_open').toBe(told);
    const [second] = rig.seenBy('ana').filter(({ original }) => original === 'Dos');
    if (second) rig.questions.withdraw('ana', second.id);
  }
});

test('nobody takes back what another has asked', async () => {
  const { id } = await rig.ask('ana', 'Uno');
  expect(await refusal(() => rig.questions.withdraw('bob', id))).toBe('question_not_found');
  expect(rig.onDesk).toEqual(['Uno']);
});

test('three questions a minute come to the desk, and who waits is not lost', async () => {
  for (const n of [1, 2, 3, 4]) await rig.ask(`v${n}`, `Question ${n}`);
  expect(rig.onDesk.toSorted()).toEqual(['Question 1', 'Question 2', 'Question 3']);
  expect(rig.seenBy('v4')).toMatchObject([{ text: 'Question 4', state: 'pending', mine: true }]);
});

test('who is lost does not wait, whatever the tour’s rules', async () => {
  for (const n of [1, 2, 3, 4]) await rig.ask(`v${n}`, `Question ${n}`);
  await rig.setAsking({ to: 'off' });
  await rig.ask('v4', 'I am lost', { urgent: true });
  expect(rig.onDesk[0]).toBe('I am lost');
  expect(rig.questions.deskView()[0]).toMatchObject({ urgent: true });
  expect(await refusal(() => rig.ask('v4', 'I am lost', { urgent: true }))).toBe('question_open');
});

test('who presses for help again and again while the guide has their call is not refused the next time', async () => {
  const { id } = await rig.ask('ana', 'I am lost', { urgent: true });
  for (let n = 0; n < 5; n++)
    expect(await refusal(() => rig.ask('ana', 'I am lost', { urgent: true }))).toBe('question_open');
  rig.questions.withdraw('ana', id);
  expect(await refusal(() => rig.ask('ana', 'I am lost again', { urgent: true }))).toBeUndefined();
});

test('no questions are taken where the guide wants none, from who was blocked, or once the tour is over', async () => {
  const { id } = await rig.ask('rude', 'Boo');
  await rig.ask('ana', 'Uno');
  rig.questions.guide.block(id);
  expect(rig.questions.deskView().map(({ state, blocked }) => [state, blocked])).toEqual([
    ['pending', undefined],
    ['hidden', true],
  ]);
  expect(await refusal(() => rig.ask('rude', 'Boo again'))).toBe('asker_blocked');
  rig.questions.guide.unblock(id);
  expect(await refusal(() => rig.ask('rude', 'Sorry'))).toBeUndefined();
  await rig.setAsking({ to: 'off' });
  expect(await refusal(() => rig.ask('bob', 'Dos'))).toBe('questions_off');
  await rig.setAsking({ to: 'all' });
  await rig.rig.tour.end();
  expect(await refusal(() => rig.ask('bob', 'Dos'))).toBe('tour_over');
});

test('in slow mode there is a pause between two questions of one visitor', async () => {
  await rig.setAsking({ slowS: 120 });
  const { id } = await rig.ask('ana', 'Uno');
  rig.questions.guide.done(id);
  rig.questions.withdraw('ana', id);
  rig.now += 119_000;
  expect(await refusal(() => rig.ask('ana', 'Dos'))).toBe('too_many_attempts');
  expect(await refusal(() => rig.ask('bob', 'Tres'))).toBeUndefined();
  rig.now += 1_000;
  expect(await refusal(() => rig.ask('ana', 'Dos'))).toBeUndefined();
});

test('a restart is no way around slow mode', async () => {
  await rig.setAsking({ slowS: 120 });
  const { id } = await rig.ask('ana', 'Uno');
  rig.questions.guide.hide(id);
  await rig.restart();
  rig.now += 119_000;
  expect(await refusal(() => rig.ask('ana', 'Dos'))).toBe('too_many_attempts');
  rig.now += 1_000;
  expect(await refusal(() => rig.ask('ana', 'Dos'))).toBeUndefined();
});

test('who asks and takes back without end is told to wait', async () => {
  for (let n = 0; n < 10; n++) rig.questions.withdraw('ana', (await rig.ask('ana', `${n}`)).id);
  expect(await refusal(() => rig.ask('ana', 'again'))).toBe('too_many_attempts');
  rig.now += 60_000;
  expect(await refusal(() => rig.ask('ana', 'again'))).toBeUndefined();
});

test('a tour has room for so many questions', async () => {
  for (let n = 0; n < 400; n++)
    rig.questions.hear({ attendee: `v${n}`, language: 'es', original: `${n}`, text: undefined });
  expect(await refusal(() => rig.ask('late', 'Uno'))).toBe('questions_full');
  // Who is lost has room.
  expect(await refusal(() => rig.ask('lost', 'Help', { urgent: true }))).toBeUndefined();
  // One that is over gives way.
  const [first] = rig.questions.visibleTo('v0');
  rig.questions.guide.hide(first?.id ?? '');
  expect(await refusal(() => rig.ask('late', 'Uno'))).toBeUndefined();
  expect(rig.questions.visibleTo('v0')).toEqual([]);
});

test('what was spoken is on the desk at once, in both languages', async () => {
  rig.questions.hear({ attendee: 'ken', language: 'ja', original: 'いつですか', text: 'When is it?' });
  expect(rig.questions.deskView()).toMatchObject([
    { voice: true, text: 'When is it?', original: 'いつですか', by: 'model', language: 'ja' },
  ]);
  expect(rig.dictionary.asked).toEqual([]);
});

test('questions that ask nearly the same in different languages are proposed as twins', async () => {
  rig.dictionary.add({ es: '¿Cuándo sale el autobús?', en: 'When does the bus leave?' });
  rig.dictionary.add({ fr: 'Quand part le bus aujourd’hui ?', en: 'When does the bus leave today?' });
  const ana = await rig.ask('ana', '¿Cuándo sale el autobús?');
  const zoe = await rig.ask('zoe', 'Quand part le bus aujourd’hui ?', { language: 'fr' });
  await until(() => rig.questions.deskView().every(({ twins }) => twins.length > 0));
  const twins = new Map(rig.questions.deskView().map((each) => [each.id, each.twins]));
  expect(twins).toEqual(
    new Map([
      [ana.id, [zoe.id]],
      [zoe.id, [ana.id]],
    ]),
  );
});

test('who is taken off the tour takes their questions along', async () => {
  rig.rig.reader('ana', 'es');
  await rig.ask('ana', 'Uno');
  await rig.rig.tour.remove('ana');
  expect(rig.onDesk).toEqual([]);
});
