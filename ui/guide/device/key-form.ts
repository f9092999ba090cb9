import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type DeviceView, type KeyTrial, looksLikeKey } from '../../../appliance/protocol/accounts.ts';
import { withoutSpaces } from '../../../appliance/protocol/text.ts';
import '../../elements/notice.ts';
import '../../elements/sheet.ts';
import { changeDevice } from '../../link/api/device.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { Attempt } from '../attempt.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import { noKeyWords, trialWords } from './key-words.ts';
import { deviceStyles } from './device-styles.ts';

/** The interpreter's key: it goes in and never comes out again. Fires `device-change` with the box's answer. */
@localized()
@customElement('ubizo-key-form')
export class KeyForm extends LitElement {
  static override styles = [base, buttons, fields, panel, deviceStyles];

  @property({ attribute: false }) openaiKey: DeviceView['openaiKey'] = 'none';
  /** What came of the key that was saved last. */
  @state() private trial: KeyTrial | undefined;
  @state() private malformed = false;
  private readonly attempt = new Attempt(this);

  override render() {
    const { busy, done, problem } = this.attempt;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Key of the translation service')}</h2>
        <p class=${this.openaiKey === 'none' ? 'soft' : 'good'}>${this.stateWords()}</p>
        <form novalidate @submit=${this.submitted}>
          <div class="field">
            <label for="key"
              >${this.openaiKey === 'none' ? msg('OpenAI key') : msg('Another OpenAI key')}</label
            >
            <input
              id="key"
              type="password"
              dir="ltr"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              aria-describedby="hint"
            />
            <p id="hint" class="soft small">
              ${msg('Paste it here. It stays on the box and is never shown again.')}
            </p>
          </div>
          ${
            problem || this.malformed
              ? html`<ubizo-notice tone="bad" .text=${this.problemWords()}></ubizo-notice>`
              : nothing
          }
          ${
            done && this.trial
              ? html`<ubizo-notice
                  tone=${this.trial.kind === 'accepted' && !this.trial.problem ? 'calm' : 'warn'}
                  .text=${trialWords(this.trial)}
                ></ubizo-notice>`
              : nothing
          }
          <div class="row">
            <button type="submit" ?disabled=${busy}>${busy ? msg('Saving…') : msg('Save')}</button>
            ${
              problem?.code === 'key_refused'
                ? html`<button
                    class="plain"
                    type="button"
                    ?disabled=${busy}
                    @click=${() => void this.save(this.typed, true)}
                  >
                    ${msg('Save it all the same')}
                  </button>`
                : nothing
            }
            ${
              this.openaiKey === 'saved'
                ? html`<button
                    class="plain danger"
                    type="button"
                    ?disabled=${busy}
                    @click=${() => this.renderRoot.querySelector('ubizo-sheet')?.open()}
                  >
                    ${msg('Forget the key')}
                  </button>`
                : nothing
            }
            ${done ? html`<p role="status">${msg('Saved.')}</p>` : nothing}
          </div>
        </form>
      </section>
      <ubizo-sheet .heading=${msg('Forget the key?')}>
        <p>
          ${msg('The translation service stops at once, in tours that are live too. To have it back you need the key again.')}
        </p>
        <button class="danger wide" type="button" @click=${this.forget}>${msg('Yes, forget it')}</button>
      </ubizo-sheet>
    `;
  }

  private stateWords(): string {
    switch (this.openaiKey) {
      case 'none':
        return msg('There is none. The built-in translation does a few languages, roughly.');
      case 'saved':
        return msg('The box has a key.');
      case 'from settings':
        return msg('The box has a key from its settings file.');
    }
  }

  private problemWords(): string {
    const { problem } = this.attempt;
    return problem && problem.code !== 'bad_request' ? guideProblemWords(problem) : noKeyWords();
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const key = this.typed;
    this.attempt.clear();
    this.malformed = key !== '' && !looksLikeKey(key);
    if (key === '' || this.malformed) this.renderRoot.querySelector('input')?.focus();
    else void this.save(key);
  }

  private forget(): void {
    this.renderRoot.querySelector('ubizo-sheet')?.close();
    void this.save(null);
  }

  private get typed(): string {
    return withoutSpaces(this.renderRoot.querySelector('input')?.value ?? '');
  }

  private async save(openaiKey: string | null, insist = false): Promise<void> {
    await this.attempt.run(async () => {
      const detail = await changeDevice({ openaiKey, ...(insist && { insist }) });
      this.trial = detail.keyTrial;
      const input = this.renderRoot.querySelector('input');
      if (input) input.value = '';
      this.dispatchEvent(new CustomEvent('device-change', { detail, bubbles: true, composed: true }));
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-key-form': KeyForm;
  }
}
