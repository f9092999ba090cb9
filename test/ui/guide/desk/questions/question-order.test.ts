import { expect } from '@open-wc/testing';
import type { QuestionsPanel } from '../../../../../ui/guide/desk/questions/questions-panel.ts';
import { deskQuestion } from '../../../fake-box/questions.ts';
import { waitUntil } from '../../../patience.ts';
import { text } from '../../../shadow.ts';
import { OpenDesk } from '../open-desk.ts';

const IDS = Array.from({ length: 40 }, (_, at) => `q${at}`);

describe('the order of questions', () => {
  let rig: OpenDesk;
  let panel: QuestionsPanel;

  beforeEach(async () => {
    rig = new OpenDesk();
    await rig.open();
    rig.allow(...IDS.map((id) => `POST /api/tours/t1/questions/${id}/seen`));
    rig.say({ type: 'questions', questions: IDS.map((id) => deskQuestion(id)) });
    panel = rig.find<QuestionsPanel>('ubizo-questions-panel');
    panel.restMs = 100;
    await waitUntil(() => rows().length === 40);
  });

  afterEach(() => rig.close());

  const rows = (): HTMLElement[] => [
    ...panel.renderRoot.querySelectorAll<HTMLElement>('.list > ul > [data-question]'),
  ];
  const order = (): (string | undefined)[] => rows().map((row) => row.dataset['question']);
  const places = (): number[] => rows().map((row) => row.offsetTop);
  const touch = (type: string): boolean =>
    panel.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true }));
  const vote = (id: string, votes: number, rank: number): void =>
    rig.say({ type: 'question', question: deskQuestion(id, { votes }), rank });
  const votesOf = (id: string): string => text(rig.desk, `[data-testid=question-${id}]`, '.votes');

  it('does not change under a finger, whatever is voted, asked and taken back meanwhile', async () => {
    touch('pointerdown');
    const before = { order: order(), places: places() };
    for (let at = 0; at < 400; at += 1) {
      vote(IDS[(at * 7) % 40]!, 1 + Math.floor(at / 40), (at * 13) % 40);
      if (at % 100 !== 99) continue;
      rig.say({ type: 'question', question: deskQuestion(`new-${at}`, { urgent: at === 99 }), rank: 0 });
      await waitUntil(() => votesOf(IDS[(at * 7) % 40]!).endsWith(String(1 + Math.floor(at / 40))));
      expect(order()).to.deep.equal(before.order);
      expect(places()).to.deep.equal(before.places);
    }
    await waitUntil(() => text(rig.desk, 'ubizo-questions-panel', '[role=status]') === '4 new');
    rig.say({ type: 'question-gone', id: 'q3' });
    await waitUntil(() => text(rig.desk, '[data-testid=question-q3]').includes('No longer there'));
    rig.say({
      type: 'question',
      question: deskQuestion('q5', { text: 'A much longer text. '.repeat(9) }),
      rank: 0,
    });
    await waitUntil(() => text(rig.desk, 'ubizo-questions-panel', '[role=status]') === '4 new');
    expect(order()).to.deep.equal(before.order);
    expect(places()).to.deep.equal(before.places);

    touch('pointerup');
    await waitUntil(() => rows().length === 43, 'what is new comes in once nobody touches it');
    expect(order()[0], 'who needs help is first').to.equal('new-99');
    expect(order()).not.to.include('q3');
  });

  it('takes in what is new at once when it is asked to', async () => {
    touch('pointerdown');
    rig.say({ type: 'question', question: deskQuestion('new'), rank: 0 });
    await waitUntil(() => text(rig.desk, 'ubizo-questions-panel', '[role=status]') === '1 new');
    rig.press('ubizo-questions-panel', '[role=status] button');
    await waitUntil(() => order()[0] === 'new');
    expect(order()).to.have.length(41);
  });

  it('keeps on top the one that is being answered', async () => {
    rig.say({ type: 'question', question: deskQuestion('q20', { state: 'answering' }), rank: 39 });
    await waitUntil(() => order()[0] === 'q20');
    vote('q30', 99, 0);
    await waitUntil(() => order()[1] === 'q30');
    expect(order()[0]).to.equal('q20');
  });

  it('does not change while the keyboard is in it', async () => {
    const [, second] = rows();
    const button = second!.querySelector('button')!;
    // What the keyboard focuses is seen to be focused.
    button.focus({ focusVisible: true });
    expect(button.matches(':focus-visible')).to.equal(true);
    vote('q30', 5, 0);
    await waitUntil(() => votesOf('q30').endsWith('5'));
    // As long as a finger would be waited for, twice: nothing is to happen.
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(order()).to.deep.equal(IDS);
    button.blur();
    await waitUntil(() => order()[0] === 'q30');
  });
});
