import { expect, fixture, html } from '@open-wc/testing';
import type { CheckedLanguageView, SoundCheckView } from '../../../../../appliance/protocol/sound-check.ts';
import type { SoundCheckPanel } from '../../../../../ui/guide/desk/sound-check/sound-check-panel.ts';
import '../../../../../ui/guide/desk/sound-check/sound-check-panel.ts';
import { expectAccessible } from '../../../accessible.ts';
import { FakeHttp, json, refuse } from '../../../fake-box/fake-http.ts';
import { waitUntil } from '../../../patience.ts';
import { text } from '../../../shadow.ts';

const PATH = '/api/tours/t1/sound-check';

const waiting = (language: string): CheckedLanguageView => ({
  language,
  state: 'waiting',
  stages: {},
  text: '',
  soundMs: 0,
});

const SPANISH: CheckedLanguageView = {
  language: 'es',
  state: 'done',
  by: 'model',
  verdict: 'well',
  stages: { captured: 20, sent: 180, firstText: 1_400, firstSound: 2_050, encoded: 2_090, onItsWay: 2_100 },
  text: 'Bienvenidos.',
  soundMs: 3_000,
};
const JAPANESE: CheckedLanguageView = {
  ...waiting('ja'),
  state: 'done',
  by: 'guide',
  verdict: 'untranslated',
  problem: { code: 'interpreter_language_unsupported', message: 'Not on this box.' },
};

describe('the sound check', () => {
  let http: FakeHttp;
  let panel: SoundCheckPanel;
  let now: SoundCheckView;

  beforeEach(async () => {
    http = new FakeHttp();
    now = { state: 'listening', source: 'microphone', languages: [waiting('es'), waiting('ja')] };
    http.on(`POST ${PATH}`, () => json(now, 202));
    http.on(`GET ${PATH}`, () => json(now));
    http.on(`DELETE ${PATH}`, () => new Response(null, { status: 204 }));
    panel = await fixture<SoundCheckPanel>(
      html`<ubizo-sound-check-panel .tourId=${'t1'}></ubizo-sound-check-panel>`,
    );
  });

  afterEach(() => {
    panel.remove();
    http.restore();
  });

  const button = (words: string): HTMLButtonElement | undefined =>
    [...panel.renderRoot.querySelectorAll('button')].find((each) => each.textContent.trim() === words);
  const status = (): string => text(panel, '[role=status]');
  const row = (language: string): string => text(panel, `[data-testid=checked-${language}]`);

  it('asks for nothing until it is begun, then says what to do and what goes on', async () => {
    expect(http.calls).to.have.length(0);
    await expectAccessible(panel);
    button('Say something')!.click();
    await waitUntil(() => status() === 'Say something now, for five seconds.');
    await expectAccessible(panel);
    now = { ...now, state: 'trying', languages: [{ ...waiting('es'), state: 'trying' }, waiting('ja')] };
    await waitUntil(() => status() === 'Trying Spanish: 1 of 2');
    expect(row('ja')).to.contain('Waits for its turn');
  });

  it('tells of each language in a sentence, with what it said and what took how long', async () => {
    button('Say something')!.click();
    now = { ...now, state: 'done', level: { rmsDb: -50, peakDb: -40 }, languages: [SPANISH, JAPANESE] };
    await waitUntil(() => status() === 'The sound check is done.');
    expect(row('es')).to.contain('Heard well, 2.1 sec behind you.').and.contain('Bienvenidos.');
    expect(row('es'))
      .to.match(/Captured\s+0\.02 sec/)
      .and.match(/On its way\s+2\.10 sec/);
    expect(row('ja')).to.contain('No translation; visitors hear your own voice');
    expect(panel.renderRoot.textContent).to.contain('Very quiet. Come closer to the microphone.');
    const hear = panel.renderRoot.querySelectorAll('[id^=hear-]');
    expect([...hear].map(({ id }) => id)).to.deep.equal(['hear-es']);
    await expectAccessible(panel);
    const asked = http.asked(`GET ${PATH}`).length;
    expect(asked, 'once it is done the box is left in peace').to.equal(1);
  });

  it('sends a clip as it is, and says what cannot be read', async () => {
    http.on(`POST ${PATH}`, () => refuse('clip_unreadable', 422));
    const input = panel.renderRoot.querySelector('input')!;
    const choose = (file: File): void => {
      const chosen = new DataTransfer();
      chosen.items.add(file);
      input.files = chosen.files;
      input.dispatchEvent(new Event('change'));
    };
    choose(new File(['not a sound'], 'holiday.mp3', { type: 'audio/mpeg' }));
    await waitUntil(() => notice().startsWith('This clip cannot be read, or nobody speaks in it.'));
    expect(http.asked(`POST ${PATH}`)[0]?.headers.get('content-type')).to.equal('application/octet-stream');
    choose(new File([new Uint8Array(11 * 1024 * 1024)], 'long.wav'));
    await waitUntil(() => notice() === 'This file is too large. Choose a shorter one.');
    expect(http.asked(`POST ${PATH}`)).to.have.length(1);
  });

  it('is given up with one tap, and nothing of it is kept', async () => {
    button('Say something')!.click();
    await waitUntil(() => button('Cancel'));
    button('Cancel')!.click();
    await waitUntil(() => button('Say something'));
    expect(http.asked(`DELETE ${PATH}`)).to.have.length(1);
    expect(panel.renderRoot.querySelector('li')).to.equal(null);
  });

  it('is ended when the guide leaves the desk', async () => {
    button('Say something')!.click();
    await waitUntil(() => status() !== '');
    panel.remove();
    expect(http.asked(`DELETE ${PATH}`)).to.have.length(1);
  });

  it('says why nothing was tried', async () => {
    button('Say something')!.click();
    now = { ...now, state: 'done', problem: { code: 'microphone_silent', message: 'Nothing was heard.' } };
    await waitUntil(() => notice().startsWith('Nothing was heard. Come closer to the microphone'));
    expect(button('Say something')).not.to.equal(undefined);
    expect(panel.renderRoot.querySelector('li')).to.equal(null);
  });

  const notice = (): string => panel.renderRoot.querySelector('ubizo-notice')?.text ?? '';
});
