import { expect, fixture, html } from '@open-wc/testing';
import type { TourDeskView } from '../../../appliance/protocol/views.ts';
import type { TourList } from '../../../ui/guide/tours/tour-list.ts';
import '../../../ui/guide/tours/tour-list.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { box, deskTour } from '../fake-box/tours.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

describe('the tours', () => {
  let http: FakeHttp;
  let list: TourList;
  let tours: TourDeskView[];

  beforeEach(async () => {
    tours = [deskTour({ id: 't2', name: 'Harbour', state: 'ready' }), deskTour()];
    http = new FakeHttp();
    http.on('GET /api/tours', () => json({ tours }));
    list = await fixture<TourList>(html`<ubizo-tour-list .box=${box}></ubizo-tour-list>`);
    await waitUntil(() => deep(list, 'li'));
  });

  afterEach(() => http.restore());

  function press(tour: string, words: string): void {
    const rows = [...list.renderRoot.querySelectorAll('li')];
    const row = rows.find(({ textContent }) => textContent.includes(tour));
    const buttons = [...(row?.querySelectorAll('button') ?? [])];
    buttons.find(({ textContent }) => textContent.trim().startsWith(words))!.click();
  }

  function confirmIn(sheet: string): void {
    list.renderRoot.querySelector<HTMLButtonElement>(`#${sheet} > button.danger`)!.click();
  }

  it('are accessible, those that go on first', async () => {
    await expectAccessible(list);
    expect(text(list, 'li')).to.contain('LIVE Old Town');
  });

  it('tell the owner whose they are', async () => {
    tours[0] = { ...tours[0]!, mine: false, guide: { id: 'a2', name: 'Eva' } };
    list.remove();
    list = await fixture<TourList>(html`<ubizo-tour-list .box=${box}></ubizo-tour-list>`);
    await waitUntil(() => text(list, 'ul').includes('Guide: Eva'));
    expect(text(list, 'li')).to.contain('Your tour');
    await expectAccessible(list);
  });

  it('say that there is none yet', async () => {
    tours = [];
    list.remove();
    list = await fixture<TourList>(html`<ubizo-tour-list></ubizo-tour-list>`);
    await waitUntil(() => text(list, '.none').includes('No tour yet'));
  });

  it('are edited in the list', async () => {
    press('Harbour', 'Edit');
    await waitUntil(() => deep<HTMLInputElement>(list, 'ubizo-tour-form', '#name')?.value === 'Harbour');
    await expectAccessible(list);
    const name = deep<HTMLInputElement>(list, 'ubizo-tour-form', '#name')!;
    name.value = 'Old harbour';
    name.dispatchEvent(new InputEvent('input'));
    http.on('PATCH /api/tours/t2', () => {
      tours = tours.map((tour) => (tour.id === 't2' ? { ...tour, name: 'Old harbour' } : tour));
      return json(tours[0]);
    });
    deep<HTMLFormElement>(list, 'ubizo-tour-form', 'form')!.requestSubmit();
    await waitUntil(() => text(list, 'ul').includes('Old harbour'));
    expect(JSON.parse(http.asked('PATCH /api/tours/t2')[0]?.body ?? '')).to.include({ name: 'Old harbour' });
  });

  it('are copied, and the copy is there to be renamed', async () => {
    const copy = deskTour({ id: 't3', name: 'Harbour, again', state: 'ready' });
    http.on('POST /api/tours/t2/copy', () => {
      tours = [copy, ...tours];
      return json(copy, 201);
    });
    press('Harbour', 'Copy');
    await waitUntil(
      () => deep<HTMLInputElement>(list, 'ubizo-tour-form', '#name')?.value === 'Harbour, again',
    );
    expect(list.renderRoot.querySelectorAll('li')).to.have.length(3);
  });

  it('are ended and deleted after a second thought', async () => {
    http.on('POST /api/tours/t1/end', () => {
      tours = [tours[0]!, { ...tours[1]!, state: 'ended' }];
      return json(tours[1]);
    });
    press('Old Town', 'End');
    expect(http.asked('POST /api/tours/t1/end')).to.have.length(0);
    confirmIn('end');
    await waitUntil(() => text(list, 'ul').includes('Ended'));
    http.on('DELETE /api/tours/t2', () => {
      tours = tours.slice(1);
      return new Response(null, { status: 204 });
    });
    press('Harbour', 'Delete');
    confirmIn('delete');
    await waitUntil(() => list.renderRoot.querySelectorAll('li').length === 1);
  });

  it('say in a sentence what the box refuses', async () => {
    http.on('POST /api/tours/t2/copy', () => refuse('storage_failed', 503));
    press('Harbour', 'Copy');
    await waitUntil(() => text(list, 'ubizo-notice').includes('could not save'));
  });
});
