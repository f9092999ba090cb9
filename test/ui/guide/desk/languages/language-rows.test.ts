import { expect, fixture, html } from '@open-wc/testing';
import type { ChannelDeskView } from '../../../../../appliance/protocol/views.ts';
import type { LanguageRows } from '../../../../../ui/guide/desk/languages/language-rows.ts';
import '../../../../../ui/guide/desk/languages/language-rows.ts';
import { expectAccessible } from '../../../accessible.ts';
import { caption, channel, deskTour } from '../../../fake-box/tours.ts';
import { text } from '../../../shadow.ts';

const channels: ChannelDeskView[] = [
  { ...channel('en', { by: 'guide' }), listeners: 4, readers: 0 },
  { ...channel('es', { lagMs: 3_400, by: 'box', rough: true }), listeners: 12, readers: 3 },
  { ...channel('ar', { state: 'reconnecting' }), listeners: 1, readers: 0 },
  {
    ...channel('ja', { state: 'floor', by: 'guide' }),
    listeners: 2,
    readers: 0,
    problem: { code: 'interpreter_no_quota', message: 'insufficient_quota' },
  },
  { ...channel('fr', { state: 'silent' }), listeners: 0, readers: 0 },
  { ...channel('eo', { state: 'silent', by: 'guide' }), listeners: 0, readers: 0 },
];

const rows = (): Promise<LanguageRows> =>
  fixture<LanguageRows>(
    html`<ubizo-language-rows
      .tour=${deskTour({ channels })}
      .captions=${new Map([['ar', [caption('1', 'أهلاً بكم', { language: 'ar', final: false })]]])}
    ></ubizo-language-rows>`,
  );

const english = async (change: object): Promise<string> => {
  const channels = [{ ...channel('en', { by: 'guide' }), listeners: 0, readers: 1, ...change }];
  const element = await fixture<LanguageRows>(
    html`<ubizo-language-rows .tour=${deskTour({ channels })}></ubizo-language-rows>`,
  );
  return text(element, '[data-testid=language-en]');
};

describe('the languages on the desk', () => {
  it('are accessible', async () => {
    await expectAccessible(await rows());
  });

  it('say who listens, who reads, how well and how far behind', async () => {
    const element = await rows();
    expect(text(element, '[data-testid=language-en]')).to.equal('English your own voice 4 listening Live');
    expect(text(element, '[data-testid=language-es]')).to.equal(
      'Spanish rough 12 listening 3 reading Live, 3.4 sec behind you A rough translation by simple programs: it is often wrong.',
    );
    expect(text(element, '[data-testid=language-fr]')).to.equal(
      'French translated 0 listening Starts when someone listens',
    );
    expect(text(element, '[data-testid=language-eo]')).to.equal(
      'Esperanto your own voice 0 listening No translation; visitors hear your own voice',
    );
  });

  it('say how a voice keeps up, as far as there is something to say', async () => {
    const element = await rows();
    const pace = { lagP50Ms: 4_200, lagP95Ms: 9_000, queuedMs: 5_000, tempo: 1.12, skipped: 2 };
    const steady = { lagP50Ms: 0, lagP95Ms: 0, queuedMs: 0, tempo: 1, skipped: 0 };
    element.tour = deskTour({
      channels: [
        { ...channel('es', { lagMs: 5_000 }), listeners: 12, readers: 0, pace },
        { ...channel('fr'), listeners: 1, readers: 0, pace: steady },
      ],
    });
    await element.updateComplete;
    expect(text(element, '[data-testid=language-es]')).to.equal(
      'Spanish translated 12 listening Live, 5 sec behind you Usually 4.2 sec, at times 9 sec · Now spoken 12% faster · Sentences skipped: 2',
    );
    expect(text(element, '[data-testid=language-fr]')).to.equal('French translated 1 listening Live');
    await expectAccessible(element);
  });

  it('put a problem into a sentence with what to do', async () => {
    const element = await rows();
    const notice = element.renderRoot.querySelector('[data-testid=language-ja] ubizo-notice')!;
    expect(text(element, '[data-testid=language-ja]', 'ubizo-notice')).to.contain(
      'cannot pay any more. Check its credit',
    );
    expect(notice.getAttribute('tone')).to.equal('warn');
  });

  it('say why a language is rough, without saying that nobody interprets it', async () => {
    const problem = { code: 'interpreter_unreachable', message: '' } as const;
    const element = await fixture<LanguageRows>(
      html`<ubizo-language-rows
        .tour=${deskTour({ channels: [{ ...channel('es', { by: 'box', rough: true }), listeners: 1, readers: 0, problem }] })}
      ></ubizo-language-rows>`,
    );
    expect(text(element, '[data-testid=language-es]')).to.match(/^Spanish rough 1 listening Live/);
    const why = text(element, '[data-testid=language-es]', 'ubizo-notice');
    expect(why).to.contain('cannot be reached');
    expect(why).not.to.contain('own voice');
  });

  it('say who writes down the guide’s own words, where that is nobody or no good, to who is read', async () => {
    expect(await english({ writtenBy: 'box' })).to.contain('by simple programs: they are often wrong.');
    expect(await english({ writtenBy: 'nobody' })).to.contain('who reads them sees nothing.');
    const own = 'English your own voice 0 listening';
    expect(await english({ writtenBy: 'model' })).to.equal(`${own} 1 reading Live`);
    expect(await english({ writtenBy: 'nobody', readers: 0 })).to.equal(`${own} Live`);
  });

  it('show what was just said, in the direction of its language', async () => {
    const line = (await rows()).renderRoot.querySelector('.caption.draft');
    expect(line?.textContent.trim()).to.equal('أهلاً بكم');
    expect(line?.getAttribute('dir')).to.equal('rtl');
  });
});
