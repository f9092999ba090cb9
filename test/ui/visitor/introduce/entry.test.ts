import { expect, fixture, html } from '@open-wc/testing';
import { VisitorPage } from '../../../../ui/visitor/visitor-page.ts';
import { expectAccessible } from '../../accessible.ts';
import { FakeHttp, json, refuse } from '../../fake-box/fake-http.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';
import { tour } from '../../fake-box/tours.ts';
import { paste } from '../../paste.ts';
import { deep, text } from '../../shadow.ts';
import { waitUntil } from '../../patience.ts';

customElements.define('ubizo-visitor-page', VisitorPage);

describe('a visitor at the entrance of a tour', () => {
  const home = location.href;
  let http: FakeHttp;
  let sockets: FakeSockets;
  let page: VisitorPage;

  beforeEach(() => {
    localStorage.clear();
    localStorage.setItem('ubizo.language', 'es');
    http = new FakeHttp();
    sockets = new FakeSockets();
    http.on('GET /api/tours/by-code/K7P2QX', () => json(tour()));
    http.on('POST /api/join', () => refuse('listeners_full', 503));
    history.replaceState(null, '', '/j/K7P2QX');
  });

  afterEach(() => {
    page.remove();
    history.replaceState(null, '', home);
    sockets.restore();
    http.restore();
  });

  async function open(): Promise<void> {
    page = await fixture<VisitorPage>(html`<ubizo-visitor-page></ubizo-visitor-page>`);
    await waitUntil(() => deep(page, '.listen'), 'a first screen');
  }

  const said = async (words: string): Promise<void> =>
    waitUntil(() => text(page, 'ubizo-notice').includes(words), words);

  it('says before the first word that a machine speaks, and not of the guide’s own voice', async () => {
    await open();
    expect(text(page, '.foot .by-ai')).to.equal('Voice made by AI');
    deep<HTMLInputElement>(page, 'input[value=en]')!.click();
    await page.updateComplete;
    expect(text(page, '.foot .by-ai')).to.equal('');
  });

  it('tells the guide the visitor’s name if they give it, and remembers it', async () => {
    await open();
    deep<HTMLInputElement>(page, '#name')!.value = ' Eva ';
    deep<HTMLButtonElement>(page, '.listen')!.click();
    await waitUntil(() => http.asked('POST /api/join').at(-1)?.body.includes('Eva'), 'the name');
    expect(JSON.parse(http.asked('POST /api/join').at(-1)?.body ?? '')).to.deep.equal({
      code: 'K7P2QX',
      language: 'es',
      name: 'Eva',
    });
    expect(localStorage.getItem('ubizo.name')).to.equal('Eva');
  });

  it('asks for the entry code when the guide wants one, and says when it is wrong', async () => {
    let refusal: 'wrong_entry_code' | 'too_many_attempts' = 'wrong_entry_code';
    http.on('POST /api/join', (call) => {
      const { entryCode } = JSON.parse(call.body) as { entryCode?: string };
      if (entryCode === undefined) return refuse('entry_code_needed', 403);
      if (entryCode !== 'LION') return refuse(refusal, 403);
      return json({ token: 'tok', whep: '/whep', events: '/events?token=tok', tour: tour() }, 201);
    });
    await open();
    const press = (): void => deep<HTMLButtonElement>(page, '.listen')!.click();
    press();
    await waitUntil(() => deep(page, '#entry-code'), 'the question');
    expect(deep(page, 'ubizo-notice') === null, 'not an error yet').to.equal(true);
    await expectAccessible(page);
    deep<HTMLInputElement>(page, '#entry-code')!.value = 'TIGER';
    press();
    await said('not the entry code');
    await expectAccessible(page);
    refusal = 'too_many_attempts';
    press();
    await said('Wait a minute');
    deep<HTMLInputElement>(page, '#entry-code')!.value = 'LION';
    press();
    await waitUntil(() => sockets.opened.length > 0, 'a socket');
    expect(localStorage.getItem('ubizo.entry-code')).to.equal('K7P2QX LION');
  });

  const letIn = (): void =>
    http.on('POST /api/join', (call) => {
      const { entryCode } = JSON.parse(call.body) as { entryCode?: string };
      if (entryCode === undefined) return refuse('entry_code_needed', 403);
      if (entryCode !== 'PLAZA7') return refuse('wrong_entry_code', 403);
      return json({ token: 'tok', whep: '/whep', events: '/events?token=tok', tour: tour() }, 201);
    });

  it('keeps an entry code that was typed with a space, and comes in with it the next time', async () => {
    letIn();
    await open();
    deep<HTMLButtonElement>(page, '.listen')!.click();
    await waitUntil(() => deep(page, '#entry-code'), 'the question');
    paste(
      deep<HTMLInputElement>(page, '#entry-code')!,
      'P L A\u200B\u200B\u200B\u200B – Z A - 7\u200B\u200B\u200B\u200B\u2060',
    );
    deep<HTMLButtonElement>(page, '.listen')!.click();
    await waitUntil(() => sockets.opened.length === 1, 'a socket');
    expect(localStorage.getItem('ubizo.entry-code')).to.equal('K7P2QX PLAZA7');
    page.remove();
    await open();
    deep<HTMLButtonElement>(page, '.listen')!.click();
    await waitUntil(() => sockets.opened.length === 2, 'a second socket');
    expect(deep(page, '#entry-code') === null, 'not asked again').to.equal(true);
  });

  it('comes in with an entry code that was kept with its space', async () => {
    letIn();
    localStorage.setItem('ubizo.entry-code', 'K7P2QX PLA za7');
    await open();
    deep<HTMLButtonElement>(page, '.listen')!.click();
    await waitUntil(() => sockets.opened.length === 1, 'a socket');
  });

  it('does not send a name of which nothing can be seen', async () => {
    await open();
    deep<HTMLInputElement>(page, '#name')!.value = '\u3164\u200B';
    deep<HTMLButtonElement>(page, '.listen')!.click();
    await waitUntil(() => http.asked('POST /api/join').length > 1, 'another try, by the tap');
    for (const { body } of http.asked('POST /api/join'))
      expect(JSON.parse(body)).to.not.have.any.keys('name');
  });

  for (const path of ['/j/%E0', '/j/%E2%80%8B', '/j/100%'])
    it(`says that no tour has the code of ${path}`, async () => {
      for (const code of ['%E0', '100%'])
        http.on(`GET /api/tours/by-code/${encodeURIComponent(code)}`, () => refuse('code_unknown', 404));
      history.replaceState(null, '', path);
      page = await fixture<VisitorPage>(html`<ubizo-visitor-page></ubizo-visitor-page>`);
      await waitUntil(
        () => text(page, '[role=alert]').includes('There is no tour with this code'),
        'the sentence',
      );
    });

  it('finds the tour of an address in which the code has other dashes', async () => {
    history.replaceState(null, '', '/j/k7p%E2%80%932qx%E2%80%8B');
    await open();
    expect(text(page, 'h1')).to.equal('Old Town');
    expect(location.pathname).to.equal('/j/K7P2QX');
  });
});
