import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { GuideEvent } from '../../../../../appliance/protocol/guide-events.ts';
import type { TourDeskView } from '../../../../../appliance/protocol/views.ts';
import type { MicrophonePanel } from '../../../../../ui/guide/desk/microphone/microphone-panel.ts';
import '../../../../../ui/guide/desk/microphone/microphone-panel.ts';
import { expectAccessible } from '../../../accessible.ts';
import { FakeEvents } from '../../../fake-box/fake-events.ts';
import { FakeHttp, json } from '../../../fake-box/fake-http.ts';
import { FakeWhep } from '../../../fake-box/fake-whep.ts';
import { entranceView } from '../../../fake-box/people.ts';
import { box, deskTour } from '../../../fake-box/tours.ts';
import { deep, text } from '../../../shadow.ts';
import { waitUntil } from '../../../patience.ts';

const events = new FakeEvents<GuideEvent>();

const panel = (change: Partial<TourDeskView> = {}): Promise<MicrophonePanel> =>
  fixture<MicrophonePanel>(
    html`<ubizo-microphone-panel
      .tour=${deskTour(change)}
      .box=${box}
      .events=${events}
    ></ubizo-microphone-panel>`,
  );

/** What is said of a microphone that is lost. */
async function words(id: string, code: 'microphone_lost' | 'microphone_missing'): Promise<string> {
  const element = await panel({ microphone: { id, state: 'lost', problem: { code, message: '' } } });
  return text(element, 'ubizo-notice');
}

/** What is said at the choice of the microphone. */
const choiceOf = async (id: string): Promise<string> =>
  text(await panel({ microphone: { id, state: 'open' } }), '.field');

const secure = (value: boolean): void => {
  Object.defineProperty(window, 'isSecureContext', { value, configurable: true });
};

describe('the microphone', () => {
  it('is accessible', async () => {
    await expectAccessible(await panel());
  });

  it('says whose voice the rehearsal is, and that it is no tour', async () => {
    expect(await choiceOf('file:rehearsal')).to.contain('A volunteer reads from a novel');
    expect(await choiceOf('alsa:default')).not.to.contain('novel');
  });

  it('says in a bar and in words whether it is heard', async () => {
    const element = await panel();
    const meter = deep(element, '[role=meter]')!;
    expect(text(element, '[data-testid=heard]')).to.equal('No sound');
    events.say({ type: 'level', rmsDb: -15, peakDb: -6, heard: true });
    await waitUntil(() => text(element, '[data-testid=heard]') === 'I hear you');
    expect(meter.getAttribute('aria-valuenow')).to.equal('-15');
    events.say({ type: 'level', rmsDb: -2, peakDb: 0, heard: true });
    await waitUntil(() => text(element, '[data-testid=heard]').startsWith('Too loud'));
    await waitUntil(() => text(element, '[data-testid=heard]') === 'No sound', 'stale', { timeout: 3_000 });
    expect(meter.getAttribute('aria-valuenow')).to.equal('-60');
  });

  it('hears of levels for as long as it is on the page', async () => {
    const element = await panel();
    expect(events.listened).to.equal(true);
    element.remove();
    expect(events.listened).to.equal(false);
    document.body.append(element);
    await element.updateComplete;
    expect(events.listened).to.equal(true);
    element.remove();
  });

  it('can be a device of the box, this phone, or a recording', async () => {
    const element = await panel();
    const select = deep<HTMLSelectElement>(element, 'select')!;
    expect([...select.options].map(({ text: label }) => label)).to.deep.equal([
      'USB microphone',
      'This phone’s microphone',
      'A speech',
      'No microphone',
    ]);
    select.value = 'file:rehearsal.wav';
    setTimeout(() => select.dispatchEvent(new Event('change', { bubbles: true })));
    const { detail } = await oneEvent(element, 'microphone-choice');
    expect(detail).to.equal('file:rehearsal.wav');
  });

  it('puts a problem into a sentence with what to do', async () => {
    const problem = { code: 'microphone_busy', message: 'EBUSY' } as const;
    const element = await panel({ microphone: { id: 'alsa:default', state: 'lost', problem } });
    expect(text(element, 'ubizo-notice')).to.contain('This microphone is in use by another tour or program.');
  });

  it('tells who may plug something in again from who never had a microphone, or has a phone', async () => {
    expect(await words('alsa:default', 'microphone_lost')).to.contain('Plug it in again');
    expect(await words('alsa:default', 'microphone_missing')).to.contain(
      'The box has no microphone. Plug one in',
    );
    expect(await words('phone', 'microphone_lost')).to.contain('The phone’s sound has stopped.');
  });

  it('shows a change as under way until it is confirmed, and not at all when it was refused', async () => {
    const element = await panel();
    const select = deep<HTMLSelectElement>(element, 'select')!;
    select.value = 'none';
    element.asked = 'none';
    await element.updateComplete;
    expect(select.disabled).to.equal(true);
    expect(text(element, '.field')).to.contain('Changing the microphone…');
    element.asked = undefined;
    await element.updateComplete;
    expect(select.value, 'the box has not changed it').to.equal('alsa:default');
  });

  it('offers the guide’s phone when another tour has the box’s microphone', async () => {
    const problem = { code: 'microphone_busy', message: 'in use' } as const;
    const element = await panel({ microphone: { id: 'alsa:default', state: 'lost', problem } });
    const button = deep<HTMLButtonElement>(deep(element, 'ubizo-notice')!, 'button')!;
    setTimeout(() => button.click());
    const { detail } = await oneEvent(element, 'microphone-choice');
    expect(detail).to.equal('phone');
  });

  it('offers a recording to who has no microphone at hand', async () => {
    const problem = { code: 'microphone_lost', message: 'no such device' } as const;
    const element = await panel({ microphone: { id: 'alsa:default', state: 'lost', problem } });
    const button = deep<HTMLButtonElement>(deep(element, 'ubizo-notice')!, 'button')!;
    expect(button.textContent?.trim()).to.equal('Rehearse with a recording');
    setTimeout(() => button.click());
    const { detail } = await oneEvent(element, 'microphone-choice');
    expect(detail).to.equal('file:rehearsal.wav');
  });

  it('explains why a phone cannot be the microphone over plain HTTP, and where it can', async () => {
    const http = new FakeHttp();
    const secureUrl = 'https://10.77.0.1:8443/guide';
    http.on('GET /api/sign-in', () =>
      json(entranceView({ secureUrl, signedIn: { role: 'guide' }, passwordsHere: false })),
    );
    location.hash = 't1';
    secure(false);
    try {
      const element = await panel();
      const phone = [...deep<HTMLSelectElement>(element, 'select')!.options].find(
        ({ value }) => value === 'phone',
      );
      expect(phone?.disabled).to.equal(true);
      expect(text(element, '.field')).to.contain('only over HTTPS');
      await waitUntil(() => deep<HTMLAnchorElement>(element, 'a.secure')?.href === `${secureUrl}#t1`);
      await expectAccessible(element);
    } finally {
      secure(true);
      location.hash = '';
      http.restore();
    }
  });

  it('connects the phone that it was chosen on once the box has agreed', async () => {
    const http = new FakeHttp();
    const whip = new FakeWhep();
    http.on('POST /whip/floor', (call) => whip.answer(call));
    http.on('DELETE /whep/session-1', () => new Response(null, { status: 200 }));
    try {
      const element = await panel();
      const select = deep<HTMLSelectElement>(element, 'select')!;
      select.value = 'phone';
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await element.updateComplete;
      expect(http.calls).to.deep.equal([]);
      element.tour = deskTour({ microphone: { id: 'phone', state: 'waiting' } });
      await waitUntil(
        () => text(element, 'p[role=status]').includes('This phone is the microphone.'),
        'connected',
        { timeout: 5_000 },
      );
      element.tour = deskTour({ microphone: { id: 'none', state: 'closed' } });
      await waitUntil(() => http.asked('DELETE /whep/session-1').length === 1);
    } finally {
      whip.close();
      http.restore();
    }
  });

  it('connects the phone anew at once when the box was switched off and on', async () => {
    const http = new FakeHttp();
    const whip = new FakeWhep();
    http.on('POST /whip/floor', (call) => whip.answer(call));
    for (const at of [1, 2]) http.on(`DELETE /whep/session-${at}`, () => new Response(null, { status: 404 }));
    try {
      const element = await panel({ microphone: { id: 'phone', state: 'waiting' } });
      deep<HTMLButtonElement>(element, 'button.main')!.click();
      const isMicrophone = (): boolean =>
        text(element, 'p[role=status]').includes('This phone is the microphone.');
      await waitUntil(isMicrophone, 'connected', { timeout: 5_000 });
      element.tour = deskTour({ microphone: { id: 'phone', state: 'open' } });
      await element.updateComplete;
      element.tour = deskTour({ microphone: { id: 'phone', state: 'waiting' } });
      await waitUntil(() => http.asked('POST /whip/floor').length === 2, 'anew', { timeout: 2_500 });
      await waitUntil(isMicrophone, 'connected again', { timeout: 5_000 });
      element.remove();
    } finally {
      whip.close();
      http.restore();
    }
  });

  it('sends this phone’s sound while the page is open, after a tap', async () => {
    const http = new FakeHttp();
    const whip = new FakeWhep();
    http.on('POST /whip/floor', (call) => whip.answer(call));
    http.on('DELETE /whep/session-1', () => new Response(null, { status: 200 }));
    try {
      const element = await panel({ microphone: { id: 'phone', state: 'waiting' } });
      expect(http.calls).to.deep.equal([]);
      deep<HTMLButtonElement>(element, 'button.main')!.click();
      await waitUntil(
        () => text(element, 'p[role=status]').includes('This phone is the microphone.'),
        'connected',
        { timeout: 5_000 },
      );
      expect(http.calls[0]?.path).to.equal('/whip/floor?tour=t1');
      expect(http.calls[0]?.body).to.contain('a=sendonly');
      element.remove();
      expect(http.asked('DELETE /whep/session-1')).to.have.length(1);
    } finally {
      whip.close();
      http.restore();
    }
  });
});
