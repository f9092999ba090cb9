import { expect } from '@open-wc/testing';
import { learnBoxTime } from '../../../../../ui/link/box-clock.ts';
import { expectAccessible } from '../../../accessible.ts';
import { FakeWhep } from '../../../fake-box/fake-whep.ts';
import { deskCall, talker } from '../../../fake-box/questions.ts';
import { waitUntil } from '../../../patience.ts';
import { deep, everything, text } from '../../../shadow.ts';
import { buttonNamed, OpenDesk } from '../open-desk.ts';

describe('the voices of visitors', () => {
  let rig: OpenDesk;
  let whep: FakeWhep;

  beforeEach(async () => {
    rig = new OpenDesk();
    whep = new FakeWhep();
    await rig.open();
    rig.http.on('POST /whep/desk', (call) => whep.answer(call));
    rig.allow('DELETE /whep/session-1');
  });

  afterEach(() => {
    rig.close();
    whep.close();
  });

  const panel = (): ShadowRoot => rig.find('ubizo-voices-panel').shadowRoot!;
  const said = (): string => everything(rig.find('ubizo-voices-panel'));
  const inRow = (row: string, name: string): HTMLButtonElement =>
    buttonNamed(rig.find('ubizo-voices-panel', `[data-testid=${row}]`), name);
  const earphone = (): HTMLInputElement => rig.find('ubizo-voices-panel', '[data-testid=earphone]');

  it('wait in a queue, of which the guide lets one speak and refuses another', async () => {
    rig.say({
      type: 'floor',
      queue: [talker('v1'), talker('v2', { name: 'Bao', language: 'vi', to: 'guide', interpreted: false })],
      voice: 'guide',
    });
    await waitUntil(() => said().includes('Aiko Japanese · Would like to speak to all'));
    expect(said()).to.contain('Bao Vietnamese · Would like to speak to you · not translated');
    await expectAccessible(rig.desk);
    inRow('waiting-v1', 'Let speak').click();
    inRow('waiting-v2', 'Refuse').click();
    expect(rig.told('floor')).to.deep.equal([
      { type: 'floor', act: 'grant', attendee: 'v1' },
      { type: 'floor', act: 'refuse', attendee: 'v2' },
    ]);
  });

  it('are heard for so long by the box’s clock, go to all, and are taken back', async () => {
    // A box without the Internet: it is 2026 there, in January.
    const boxTime = Date.UTC(2026, 0, 1);
    learnBoxTime(new Date(boxTime).toUTCString());
    const holder = { ...talker('v1', { to: 'guide' }), endsAt: boxTime + 25_000 };
    rig.say({ type: 'floor', holder, queue: [], voice: 'guide' });
    await waitUntil(() => said().includes('Speaks to you'));
    expect(text(rig.desk, 'ubizo-countdown')).to.match(/^0:(1\d|2[0-5])$/u);
    await expectAccessible(rig.desk);
    inRow('holder', 'To all').click();
    inRow('holder', 'Take back').click();
    expect(rig.told('floor')).to.deep.equal([
      { type: 'floor', act: 'grant', attendee: 'v1' },
      { type: 'floor', act: 'take-back' },
    ]);
    rig.say({ type: 'floor', queue: [], voice: 'guide' });
    await waitUntil(() => said().includes('Nobody wants to speak just now.'));
    learnBoxTime(new Date().toUTCString());
  });

  it('are heard in the earphone only once that is switched on, at the volume that was chosen last', async () => {
    expect(earphone().checked).to.equal(false);
    expect(rig.http.asked('POST /whep/desk')).to.have.length(0);
    earphone().click();
    const { path, body } = await rig.asked('POST /whep/desk');
    expect(path).to.equal('/whep/desk?tour=t1');
    expect(body).to.contain('a=recvonly');
    await waitUntil(() => said().includes('Nobody else hears it.'));
    await expectAccessible(rig.desk);
    const volume = rig.find<HTMLInputElement>('ubizo-voices-panel', '[type=range]');
    volume.value = '0.3';
    volume.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(localStorage.getItem('ubizo.earphone-volume')).to.equal('0.3');
    earphone().click();
    await rig.asked('DELETE /whep/session-1');
    await waitUntil(() => !deep(panel().host, '[type=range]'));
  });

  it('call the guide, who takes the call with the floor muted, hears it, and hangs up', async () => {
    rig.say({ type: 'calls', calls: [deskCall('c1')] });
    await waitUntil(() => said().includes('calls you'));
    inRow('call-c1', 'Take').click();
    const sheet = rig.find('ubizo-take-sheet');
    await waitUntil(() => deep(sheet, 'dialog[open]'));
    expect(everything(sheet)).to.contain('Talk with Aiko');
    await expectAccessible(rig.desk);
    buttonNamed(sheet.shadowRoot!, 'Mute the tour meanwhile').click();
    expect(rig.told('call')).to.deep.equal([{ type: 'call', act: 'take', id: 'c1', floor: 'muted' }]);
    await rig.asked('POST /whep/desk');
    rig.say({ type: 'calls', calls: [deskCall('c1', { state: 'active', endsAt: Date.now() + 300_000 })] });
    await waitUntil(() => said().includes('on the line, translated'));
    expect(text(rig.desk, 'ubizo-countdown')).to.match(/^[45]:\d\d$/u);
    expect(earphone().checked, 'the caller is heard there').to.equal(true);
    inRow('call-c1', 'Hang up').click();
    expect(rig.told('call').at(-1)).to.deep.equal({ type: 'call', act: 'hang-up', id: 'c1' });
    rig.say({ type: 'calls', calls: [deskCall('c1', { state: 'ended', end: 'hung-up' })] });
    await waitUntil(() => said().includes('The call is over.'));
    expect(earphone().checked, 'as it was before').to.equal(false);
  });

  it('may be declined, and who gives up calling can no longer be taken', async () => {
    rig.say({ type: 'calls', calls: [deskCall('c1'), deskCall('c2', { name: 'Eva' })] });
    await waitUntil(() => said().includes('Eva Japanese · calls you'));
    inRow('call-c2', 'Decline').click();
    expect(rig.told('call')).to.deep.equal([{ type: 'call', act: 'decline', id: 'c2' }]);
    inRow('call-c1', 'Take').click();
    const sheet = rig.find('ubizo-take-sheet');
    await waitUntil(() => deep(sheet, 'dialog[open]'));
    rig.say({ type: 'calls', calls: [deskCall('c1', { state: 'ended', end: 'missed' })] });
    await waitUntil(() => !deep(sheet, 'dialog[open]'));
    expect(said()).to.contain('You missed the call.');
  });
});
