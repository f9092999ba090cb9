import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { USUAL_ASKING } from '../../../../../appliance/protocol/asking.ts';
import { expectAccessible } from '../../../accessible.ts';
import { json, refuse } from '../../../fake-box/fake-http.ts';
import { deskQuestion } from '../../../fake-box/questions.ts';
import { deskTour } from '../../../fake-box/tours.ts';
import { waitUntil } from '../../../patience.ts';
import { deep, text } from '../../../shadow.ts';
import { buttonNamed, OpenDesk } from '../open-desk.ts';

const QUESTION = '/api/tours/t1/questions/1';

describe('the questions of visitors', () => {
  let rig: OpenDesk;

  beforeEach(async () => {
    rig = new OpenDesk();
    await rig.open();
    rig.allow(`POST ${QUESTION}/seen`, 'POST /api/tours/t1/questions/2/seen');
  });

  afterEach(() => rig.close());

  async function ask(...questions: ReturnType<typeof deskQuestion>[]): Promise<void> {
    rig.say({ type: 'questions', questions });
    await waitUntil(() => row(questions[0]!.id));
  }

  const row = (id = '1'): HTMLElement | null => deep(rig.desk, `[data-testid=question-${id}]`);
  const said = (id = '1'): string => text(rig.desk, `[data-testid=question-${id}]`);
  const press = (name: string, id = '1'): void => buttonNamed(row(id)!, name).click();
  const sheet = (id: string): HTMLElement => rig.find('ubizo-question-sheets', `#${id}`);
  const more = async (id = '1'): Promise<HTMLElement> => {
    await waitUntil(() => !buttonNamed(row(id)!, 'More').disabled);
    press('More', id);
    await waitUntil(() => deep(sheet('more'), 'dialog[open]'));
    await waitUntil(() => sheet('more').querySelector('.quote'));
    return sheet('more');
  };

  it('are read in the guide’s language, and in their own one tap away', async () => {
    await ask(
      deskQuestion('1', { votes: 3, voice: true, urgent: true }),
      deskQuestion('2', { by: 'box', language: 'es', original: '¿Dónde?', text: 'Where?', name: '' }),
    );
    expect(said()).to.contain('Urgent Aiko Japanese');
    expect(said()).to.contain('Spoken');
    expect(said()).to.contain('When was house 1 built?');
    expect(text(row()!, '.votes')).to.equal('Votes: 3');
    expect(said('2')).to.contain('Visitor without a name Spanish');
    expect(said('2')).to.contain('Rough translation');
    await expectAccessible(rig.desk);
    press('Original');
    await waitUntil(() => said().includes('この家1は'));
    expect(row()!.querySelector('.text')!.getAttribute('lang')).to.equal('ja');
    press('Original');
    await waitUntil(() => said().includes('When was house 1'));
  });

  it('say why there is no translation, and when one is on its way', async () => {
    const { text: _, ...untold } = deskQuestion('1');
    await ask(untold);
    expect(said()).to.contain('この家1は').and.to.contain('Being translated…');
    rig.say({
      type: 'question',
      question: { ...untold, by: 'as-written', untranslated: 'spend-cap' },
      rank: 0,
    });
    await waitUntil(() => said().includes('Not translated: the budget is spent'));
  });

  it('are answered and done with, by the keyboard alone', async () => {
    await ask(deskQuestion('1'));
    rig.allow(`POST ${QUESTION}/answer`, `POST ${QUESTION}/done`);
    buttonNamed(row()!, 'Answer').focus();
    await sendKeys({ press: 'Enter' });
    await rig.asked(`POST ${QUESTION}/answer`);
    rig.say({ type: 'question', question: deskQuestion('1', { state: 'answering' }), rank: 0 });
    await waitUntil(() => said().includes('You are answering it'));
    press('Done');
    await rig.asked(`POST ${QUESTION}/done`);
    rig.say({ type: 'question', question: deskQuestion('1', { state: 'answered' }), rank: 0 });
    await waitUntil(() => said().includes('Answered'));
  });

  it('are shown, put off, hidden and merged over the list, so that nothing on it moves', async () => {
    await ask(deskQuestion('1', { twins: ['2'] }), deskQuestion('2', { text: 'How old is it?' }));
    for (const [name, act] of [
      ['Show to all', 'show'],
      ['Later', 'later'],
      ['Hide', 'hide'],
    ] as const) {
      rig.allow(`POST ${QUESTION}/${act}`);
      buttonNamed(await more(), name).click();
      await rig.asked(`POST ${QUESTION}/${act}`);
    }
    rig.allow('POST /api/tours/t1/questions/2/merge');
    const open = await more();
    expect(open.textContent).to.contain('How old is it?');
    await expectAccessible(rig.desk);
    buttonNamed(open, 'Merge the two').click();
    const { body } = await rig.asked('POST /api/tours/t1/questions/2/merge');
    expect(JSON.parse(body)).to.deep.equal({ into: '1' });
  });

  it('come back from where they were hidden', async () => {
    rig.say({ type: 'questions', questions: [deskQuestion('1', { state: 'hidden' })] });
    const fold = await waitUntilThere<HTMLElement>(() => deep(rig.desk, 'ubizo-questions-panel', 'summary'));
    expect(fold.textContent.trim()).to.equal('Hidden: 1');
    fold.click();
    await waitUntil(() => row());
    rig.allow(`POST ${QUESTION}/restore`);
    press('Restore');
    await rig.asked(`POST ${QUESTION}/restore`);
    rig.say({ type: 'question', question: deskQuestion('1'), rank: 0 });
    await waitUntil(() => said().includes('Answer '));
  });

  it('are replied to in writing, and what was typed outlives a refusal', async () => {
    await ask(deskQuestion('1'));
    rig.http.on(`POST ${QUESTION}/reply`, () => refuse('question_not_found', 404));
    press('Reply');
    await waitUntil(() => deep(sheet('reply'), 'dialog[open]'));
    const field = await waitUntilThere(() => sheet('reply').querySelector('textarea'));
    field.value = 'In 1723.';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await waitUntil(() => !buttonNamed(sheet('reply'), 'Send').disabled);
    await expectAccessible(rig.desk);
    buttonNamed(sheet('reply'), 'Send').click();
    await waitUntil(() => deep(sheet('reply'), 'ubizo-notice'));
    expect(text(sheet('reply'), 'ubizo-notice')).to.contain('no longer there');
    expect(field.value).to.equal('In 1723.');
    rig.allow(`POST ${QUESTION}/reply`);
    buttonNamed(sheet('reply'), 'Send').click();
    await waitUntil(() => !deep(sheet('reply'), 'dialog[open]'));
    expect(JSON.parse((await rig.asked(`POST ${QUESTION}/reply`)).body)).to.deep.equal({ text: 'In 1723.' });
  });

  it('end for one visitor after a second thought, until they are let back', async () => {
    await ask(deskQuestion('1'));
    rig.allow(`POST ${QUESTION}/block`, `POST ${QUESTION}/unblock`);
    buttonNamed(await more(), 'Block this visitor').click();
    await waitUntil(() => deep(sheet('block'), 'dialog[open]'));
    expect(rig.http.asked(`POST ${QUESTION}/block`)).to.have.length(0);
    expect(sheet('block').textContent).to.contain('Aiko can ask nothing more');
    buttonNamed(sheet('block'), 'Yes, block').click();
    await rig.asked(`POST ${QUESTION}/block`);
    rig.say({ type: 'question', question: deskQuestion('1', { blocked: true }), rank: 0 });
    await waitUntil(() => !buttonNamed(row()!, 'Answer').disabled);
    const open = await more();
    await waitUntil(() => open.textContent.includes('Unblock'));
    buttonNamed(open, 'Unblock this visitor').click();
    await rig.asked(`POST ${QUESTION}/unblock`);
  });

  it('are told to be read once they are on the screen, each once', async () => {
    await ask(deskQuestion('1'));
    row()!.scrollIntoView();
    await rig.asked(`POST ${QUESTION}/seen`);
    rig.say({ type: 'question', question: deskQuestion('1', { votes: 2 }), rank: 0 });
    await waitUntil(() => text(row()!, '.votes') === 'Votes: 2');
    expect(rig.http.asked(`POST ${QUESTION}/seen`)).to.have.length(1);
  });

  it('are felt when they come, unless that is switched off, also after a reload', async () => {
    const felt: unknown[] = [];
    const real = window.matchMedia;
    window.matchMedia = (query) =>
      query.includes('coarse') ? ({ matches: true } as MediaQueryList) : real.call(window, query);
    navigator.vibrate = (pattern) => felt.push(pattern) > 0;
    await ask(deskQuestion('1'));
    expect(felt, 'those that were there already').to.have.length(0);
    rig.say({ type: 'question', question: deskQuestion('2'), rank: 0 });
    expect(felt).to.have.length(1);
    const bell = (): HTMLElement => rig.find('ubizo-questions-panel', '.head [aria-pressed]');
    bell().click();
    await waitUntil(() => bell().ariaPressed === 'false');
    expect(localStorage.getItem('ubizo.question-sound')).to.equal('off');
    rig.say({ type: 'question', question: deskQuestion('3'), rank: 0 });
    await waitUntil(() => row('3'));
    expect(felt).to.have.length(1);
    window.matchMedia = real;
    Reflect.deleteProperty(navigator, 'vibrate');
  });

  it('are taken as the guide sets it, without leaving the desk', async () => {
    rig.http.on('PATCH /api/tours/t1', () => json(deskTour({ asking: { ...USUAL_ASKING, to: 'off' } })));
    rig.press('ubizo-questions-panel', '.head [aria-haspopup=dialog]');
    await waitUntil(() => deep(rig.find('ubizo-questions-panel', '#settings'), 'dialog[open]'));
    await expectAccessible(rig.desk);
    rig.press('ubizo-questions-panel', '[value=off]');
    const { body } = await rig.asked('PATCH /api/tours/t1');
    expect(JSON.parse(body)).to.deep.equal({ asking: { ...USUAL_ASKING, to: 'off' } });
    await waitUntil(() => rig.find('ubizo-questions-panel').shadowRoot!.textContent.includes('cannot ask'));
  });
});

async function waitUntilThere<T extends HTMLElement>(find: () => T | null): Promise<T> {
  await waitUntil(() => find() !== null);
  return find()!;
}
