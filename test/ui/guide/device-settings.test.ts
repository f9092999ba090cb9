import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { DeviceSettings } from '../../../ui/guide/device/device-settings.ts';
import '../../../ui/guide/device/device-settings.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { deviceView } from '../fake-box/people.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

describe('the box’s settings', () => {
  let http: FakeHttp;
  let settings: DeviceSettings;

  beforeEach(async () => {
    http = new FakeHttp();
    http.on('GET /api/device', () => json(deviceView()));
    settings = await fixture<DeviceSettings>(html`<ubizo-device-settings></ubizo-device-settings>`);
    await waitUntil(() => deep(settings, '#name'));
  });

  afterEach(() => http.restore());

  function submit(selector: string): void {
    deep<HTMLInputElement>(settings, selector)!.form!.requestSubmit();
  }

  function saveKey(typed: string): void {
    key().value = typed;
    submit('#key');
  }

  const key = (): HTMLInputElement => deep(settings, '#key')!;
  const words = (): string => text(settings, 'ubizo-key-form', 'ubizo-notice');
  const sent = (): unknown => JSON.parse(http.asked('PATCH /api/device').at(-1)?.body ?? 'null');

  it('is accessible', async () => {
    await expectAccessible(settings);
  });

  it('takes another name and says that it is saved', async () => {
    http.on('PATCH /api/device', () => json(deviceView({ name: 'Harbour' })));
    deep<HTMLInputElement>(settings, '#name')!.value = 'Harbour';
    submit('#name');
    await waitUntil(() => text(settings, '[aria-labelledby=name-heading]').includes('Saved.'));
    expect(sent()).to.deep.equal({ name: 'Harbour' });
  });

  it('takes a key, shows that there is one, and never the key', async () => {
    http.on('PATCH /api/device', () => json(deviceView({ openaiKey: 'saved' })));
    expect(text(settings, 'ubizo-key-form')).to.contain('There is none.');
    key().value = ' sk-proj-12345678 ';
    submit('#key');
    await waitUntil(() => text(settings, 'ubizo-key-form').includes('The box has a key.'));
    expect(sent()).to.deep.equal({ openaiKey: 'sk-proj-12345678' });
    expect(key().value).to.equal('');
    deep<HTMLButtonElement>(settings, 'ubizo-key-form', 'button.danger')!.click();
    expect(http.asked('PATCH /api/device'), 'it asks first').to.have.length(1);
    deep<HTMLButtonElement>(settings, 'ubizo-key-form', 'button.danger.wide')!.click();
    await waitUntil(() => http.asked('PATCH /api/device').length === 2);
    expect(sent()).to.deep.equal({ openaiKey: null });
  });

  describe('when a key is saved', () => {
    it('says that it is accepted', async () => {
      http.on('PATCH /api/device', () =>
        json(deviceView({ openaiKey: 'saved', keyTrial: { kind: 'accepted' } })),
      );
      saveKey('sk-proj-12345678');
      await waitUntil(() => words() === 'The translation service accepts this key.');
    });

    it('says that a good key has no credit', async () => {
      const problem = { code: 'interpreter_no_quota', message: '' } as const;
      http.on('PATCH /api/device', () =>
        json(deviceView({ openaiKey: 'saved', keyTrial: { kind: 'accepted', problem } })),
      );
      saveKey('sk-proj-12345678');
      await waitUntil(() => words().includes('cannot pay any more'));
    });

    it('says that there was no Internet to ask', async () => {
      http.on('PATCH /api/device', () =>
        json(deviceView({ openaiKey: 'saved', keyTrial: { kind: 'unreachable' } })),
      );
      saveKey('sk-proj-12345678');
      await waitUntil(() => words().startsWith('There is no Internet to try the key now.'));
    });

    it('saves one that is refused only when the owner insists', async () => {
      http.on('PATCH /api/device', () => refuse('key_refused', 422));
      saveKey('sk-proj-12345678');
      await waitUntil(() => words().includes('refuses this key'));
      await expectAccessible(settings);
      expect(key().value, 'to be corrected').to.equal('sk-proj-12345678');
      http.on('PATCH /api/device', () =>
        json(deviceView({ openaiKey: 'saved', keyTrial: { kind: 'refused' } })),
      );
      const insist = [...deep(settings, 'ubizo-key-form')!.shadowRoot!.querySelectorAll('button')];
      insist.find(({ innerText }) => innerText === 'Save it all the same')!.click();
      await waitUntil(() => words().endsWith('It was saved all the same.'));
      expect(sent()).to.deep.equal({ openaiKey: 'sk-proj-12345678', insist: true });
    });

    it('does not ask the box about what cannot be a key', async () => {
      saveKey('hello');
      await waitUntil(() => words().startsWith('This does not look like a key.'));
      expect(http.asked('PATCH /api/device')).to.have.length(0);
    });
  });

  it('takes cap and retention; an empty cap is none', async () => {
    http.on('PATCH /api/device', () => json(deviceView({ spendCapUsd: null })));
    const cap = deep<HTMLInputElement>(settings, '#cap')!;
    expect(cap.value).to.equal('20');
    cap.value = '';
    cap.dispatchEvent(new InputEvent('input'));
    const raisable = deep<HTMLInputElement>(settings, '#raisable')!;
    raisable.value = '30';
    raisable.dispatchEvent(new InputEvent('input'));
    const days = deep<HTMLSelectElement>(settings, '#days')!;
    days.value = '7';
    days.dispatchEvent(new Event('change'));
    submit('#cap');
    await waitUntil(() => http.asked('PATCH /api/device').length === 1);
    expect(sent()).to.deep.equal({
      spendCapUsd: null,
      raisableToUsd: 30,
      retention: { transcriptDays: 7, recordings: false },
    });
  });

  it('says when the box could not save', async () => {
    http.on('PATCH /api/device', () => refuse('storage_failed', 503));
    submit('#name');
    await waitUntil(() => text(settings, 'ubizo-notice').includes('could not save'));
  });

  it('shows the certificate’s fingerprint and how to trust it', () => {
    expect(text(settings, 'ubizo-certificate-card', '.fingerprint')).to.equal('AB:CD:EF:01');
    expect(text(settings, 'ubizo-certificate-card', 'ubizo-trust-steps')).to.contain('Android');
  });

  it('makes a new setup code and shows it once', async () => {
    http.on('POST /api/device/setup-code', () => json({ setupCode: 'WXYZ-2345' }));
    deep<HTMLButtonElement>(settings, 'ubizo-device-keys', 'button')!.click();
    expect(http.asked('POST /api/device/setup-code'), 'it asks first').to.have.length(0);
    expect(text(settings, 'ubizo-device-keys', '#code p')).to.contain('then good no more');
    deep<HTMLButtonElement>(settings, 'ubizo-device-keys', '#code button')!.click();
    await waitUntil(() => text(settings, '[data-testid=setup-code]') === 'WXYZ-2345');
    await expectAccessible(settings);
    http.on('DELETE /api/device/setup-code', () => new Response(null, { status: 204 }));
    deep<HTMLButtonElement>(settings, 'ubizo-device-keys', '.row button.plain')!.click();
    await waitUntil(() => text(settings, 'ubizo-device-keys', '.good').includes('good again'));
    expect(text(settings, '[data-testid=setup-code]')).to.equal('');
  });

  it('ends all sign-ins after a second thought', async () => {
    http.on('POST /api/device/keys', () => new Response(null, { status: 204 }));
    deep<HTMLButtonElement>(settings, 'ubizo-device-keys', 'button.danger')!.click();
    expect(http.asked('POST /api/device/keys')).to.have.length(0);
    setTimeout(() =>
      deep<HTMLButtonElement>(settings, 'ubizo-device-keys', '#end button.danger.wide')!.click(),
    );
    await oneEvent(settings, 'sign-in-needed');
  });
});
