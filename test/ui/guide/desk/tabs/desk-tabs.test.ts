import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { expectAccessible } from '../../../accessible.ts';
import { deskCall, deskQuestion, talker } from '../../../fake-box/questions.ts';
import { waitUntil } from '../../../patience.ts';
import { deep, text } from '../../../shadow.ts';
import { OpenDesk } from '../open-desk.ts';

const PHONE = { width: 390, height: 780 };
const DESKTOP = { width: 800, height: 600 };

describe('the desk on a phone', () => {
  let rig: OpenDesk;

  beforeEach(async () => {
    await setViewport(PHONE);
    rig = new OpenDesk();
    await rig.open();
  });

  afterEach(async () => {
    rig.close();
    await setViewport(DESKTOP);
  });

  const tab = (name: string): HTMLElement => rig.find(`#tab-${name}`);
  const shown = (): string[] =>
    [...rig.desk.renderRoot.querySelectorAll('[role=tabpanel]')]
      .filter((part) => part.checkVisibility())
      .map(({ id }) => id);

  it('shows one of four parts, and is accessible in each', async () => {
    for (const name of ['speak', 'questions', 'people', 'more']) {
      tab(name).click();
      await waitUntil(() => shown().join() === `panel-${name}`);
      expect(tab(name).ariaSelected).to.equal('true');
      await expectAccessible(rig.desk);
    }
  });

  it('has state and microphone on its first screen, and calls and questions do not move them', async () => {
    const placed = (): number[] =>
      ['ubizo-state-panel', '.talk'].map((part) => rig.find(part).getBoundingClientRect().bottom);
    const before = placed();
    const bar = rig.find('[role=tablist]');
    expect(Math.max(...before)).to.be.below(bar.getBoundingClientRect().top);
    expect(bar.getBoundingClientRect().bottom).to.equal(window.innerHeight);
    expect(bar.getBoundingClientRect().height).to.be.at.least(56);
    rig.say({ type: 'questions', questions: [deskQuestion('1')] });
    rig.say({ type: 'calls', calls: [deskCall('c1')] });
    rig.say({ type: 'nudge', reason: 'rate' });
    await waitUntil(() => deep(rig.desk, '.dock', '[data-testid=call-c1]'));
    expect(placed()).to.deep.equal(before);
    const call = rig.find('.dock', '[data-testid=call-c1]').getBoundingClientRect();
    expect(Math.max(...before), 'not even covered').to.be.below(call.top);
  });

  it('counts on the tabs who waits', async () => {
    rig.say({ type: 'questions', questions: [deskQuestion('1'), deskQuestion('2', { later: true })] });
    rig.say({ type: 'calls', calls: [deskCall('c1')] });
    rig.say({ type: 'floor', queue: [talker('v1')], voice: 'guide' });
    await waitUntil(() => text(rig.desk, '#tab-people', '.count') === '2');
    expect(text(rig.desk, '#tab-questions')).to.equal('Questions 1 Waiting: 1');
  });

  it('mutes from every tab, and says what the box has said', async () => {
    for (const name of ['questions', 'people', 'more']) {
      tab(name).click();
      await waitUntil(() => deep(rig.desk, 'ubizo-talk-strip', '.talk'));
      expect(text(rig.desk, '[data-testid=strip-state]')).to.equal('LIVE');
      expect(rig.find('ubizo-talk-strip').getBoundingClientRect().bottom).to.be.at.most(window.innerHeight);
    }
    rig.press('ubizo-talk-strip', '.talk');
    expect(rig.told('mute')).to.deep.equal([{ type: 'mute', muted: true }]);
    await waitUntil(() => text(rig.desk, 'ubizo-talk-strip', '.talk') === 'Muting…');
    rig.say({ type: 'tour-changed', changes: { muted: true } });
    await waitUntil(() => text(rig.desk, 'ubizo-talk-strip').includes('Muted'));
  });

  it('is held to talk in every tab, where that was chosen', async () => {
    rig.press('ubizo-talk-panel', '[value=push]');
    rig.say({ type: 'tour-changed', changes: { muted: true } });
    tab('questions').click();
    await waitUntil(() => text(rig.desk, 'ubizo-talk-strip', '.talk') === 'Hold to talk');
    const button = rig.find('ubizo-talk-strip', '.talk');
    button.dispatchEvent(new PointerEvent('pointerdown', { button: 0, pointerId: 1 }));
    button.dispatchEvent(new PointerEvent('pointerup'));
    expect(rig.told('mute').slice(1)).to.deep.equal([
      { type: 'mute', muted: false },
      { type: 'mute', muted: true },
    ]);
  });

  it('is gone through by the keyboard, round and round', async () => {
    tab('speak').focus();
    for (const [key, name] of [
      ['ArrowRight', 'questions'],
      ['End', 'more'],
      ['ArrowRight', 'speak'],
      ['ArrowLeft', 'more'],
      ['Home', 'speak'],
    ] as const) {
      await sendKeys({ press: key });
      await waitUntil(() => rig.desk.shadowRoot!.activeElement === tab(name), `${key}: ${name}`);
      expect(shown()).to.deep.equal([`panel-${name}`]);
      expect([...rig.find('[role=tablist]').querySelectorAll('[tabindex="0"]')]).to.deep.equal([tab(name)]);
    }
  });

  it('goes the other way where one reads from the right', async () => {
    document.documentElement.dir = 'rtl';
    tab('speak').focus();
    await sendKeys({ press: 'ArrowLeft' });
    await waitUntil(() => rig.desk.shadowRoot!.activeElement === tab('questions'));
    document.documentElement.dir = '';
  });

  it('is found after a reload as it was left', async () => {
    tab('people').click();
    const before = sessionStorage.getItem('ubizo.desk-tab') ?? '';
    rig.close();
    sessionStorage.setItem('ubizo.desk-tab', before);
    rig = new OpenDesk();
    await rig.open();
    expect(shown()).to.deep.equal(['panel-people']);
  });

  it('is a whole again on a wide screen, and when the tour is over', async () => {
    await setViewport(DESKTOP);
    await waitUntil(() => !deep(rig.desk, '[role=tablist]'));
    expect(rig.find('#panel-questions').checkVisibility()).to.equal(true);
    await setViewport(PHONE);
    await waitUntil(() => deep(rig.desk, '[role=tablist]'));
    rig.http.on('GET /api/tours/t1/transcripts', () => Response.json({ transcripts: [], keepDays: 30 }));
    rig.say({ type: 'tour-changed', changes: { state: 'ended' } });
    await waitUntil(() => !deep(rig.desk, '[role=tablist]'));
    expect(rig.find('#panel-more').checkVisibility()).to.equal(true);
  });
});
