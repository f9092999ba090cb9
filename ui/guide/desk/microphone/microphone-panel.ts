import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { GuideEvent } from '../../../../appliance/protocol/guide-events.ts';
import type { BoxView, MicrophoneOption, TourDeskView } from '../../../../appliance/protocol/views.ts';
import '../../../elements/notice.ts';
import { entrance } from '../../../link/api/entrance.ts';
import type { EventSource } from '../../../link/handlers.ts';
import { canCapture } from '../../../link/whip-client.ts';
import { base, buttons, fields } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { guideProblemWords } from '../../problem-words.ts';
import './level-meter.ts';
import {
  captureProblemWords,
  microphoneProblemWords,
  microphoneStateWords,
  needsHttps,
} from './microphone-words.ts';
import { PhoneMicrophone } from './phone-microphone.ts';

/**
 * Which microphone the box listens to, and whether it hears anything. When that is the guide's phone, this panel
 * sends its sound for as long as it is on the page. Fires `microphone-choice` with the id.
 */
@localized()
@customElement('ubizo-microphone-panel')
export class MicrophonePanel extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    panel,
    css`
      .secure {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) tour: TourDeskView | undefined;
  @property({ attribute: false }) box: BoxView | undefined;
  @property({ attribute: false }) events: EventSource<GuideEvent> | undefined;
  /** The microphone that was chosen, until the box has confirmed it. */
  @property() asked: string | undefined;
  /** There is no contact with the box. */
  @property({ type: Boolean }) lost = false;
  @state() private secureUrl = '';
  private readonly phone = new PhoneMicrophone(this);

  override connectedCallback(): void {
    super.connectedCallback();
    if (!canCapture()) void this.findSecureWay();
  }

  override updated(changed: PropertyValues<this>): void {
    // What was refused is not shown as if it were so.
    const select = this.renderRoot.querySelector('select');
    if (changed.has('asked') && this.asked === undefined && select && this.tour)
      select.value = this.tour.microphone.id;
  }

  override willUpdate(): void {
    this.phone.follow(this.tour);
  }

  override render() {
    const { tour } = this;
    if (!tour) return nothing;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Microphone')}</h2>
        <ubizo-level-meter .events=${this.events} ?lost=${this.lost}></ubizo-level-meter>
        ${this.stateNotice(tour)} ${tour.microphone.id === 'phone' ? this.phoneState(this.phone) : nothing}
        <div class="field">
          <label for="microphone">${msg('Choose the microphone')}</label>
          <select id="microphone" ?disabled=${this.asked !== undefined} @change=${this.chosen}>
            ${this.group(msg('This box'), 'alsa')} ${this.group(msg('This phone'), 'phone')}
            ${this.group(msg('Recordings for rehearsal'), 'file')} ${this.group(msg('No microphone'), 'none')}
          </select>
          ${
            tour.microphone.id === 'file:rehearsal'
              ? html`<p class="soft small">
                  ${msg('A volunteer reads from a novel, over and over: no free recording of a real tour was found.')}
                </p>`
              : nothing
          }
          ${this.asked === undefined ? nothing : html`<p role="status">${msg('Changing the microphone…')}</p>`}
          ${canCapture() ? nothing : this.secureWay()}
        </div>
      </section>
    `;
  }

  /** Where the same desk has a microphone. */
  private secureWay() {
    return html`
      <p class="soft small">${msg('This phone’s microphone:')} ${needsHttps()}</p>
      ${
        this.secureUrl
          ? html`<p>
              <a class="secure" href="${this.secureUrl}${location.hash}">${msg('Open the secure page')}</a>
            </p>`
          : nothing
      }
    `;
  }

  private async findSecureWay(): Promise<void> {
    try {
      this.secureUrl = (await entrance()).secureUrl ?? '';
    } catch {
      // Then there is no link; the words stay.
    }
  }

  private stateNotice({ microphone }: TourDeskView) {
    if (microphone.problem?.code === 'microphone_busy' && canCapture()) {
      return html`<ubizo-notice
        tone="bad"
        .text=${guideProblemWords(microphone.problem)}
        .action=${msg('Use this phone')}
        @notice-action=${() => this.choose('phone')}
      ></ubizo-notice>`;
    }
    if (microphone.problem) {
      return html`<ubizo-notice
        tone="bad"
        .text=${microphoneProblemWords(microphone) ?? ''}
        .action=${this.rehearsal() ? msg('Rehearse with a recording') : ''}
        @notice-action=${this.rehearse}
      ></ubizo-notice>`;
    }
    const words = microphoneStateWords(microphone);
    const here = microphone.id === 'phone' && this.phone.status !== 'idle';
    if (!words || here) return nothing;
    return html`<ubizo-notice
      tone=${microphone.state === 'lost' ? 'warn' : 'calm'}
      .text=${words}
    ></ubizo-notice>`;
  }

  private phoneState({ status, capture, problem, connect }: PhoneMicrophone) {
    const wrong = capture ? captureProblemWords(capture) : problem && guideProblemWords(problem);
    return html`
      ${wrong ? html`<ubizo-notice tone="bad" .text=${wrong}></ubizo-notice>` : nothing}
      ${
        status === 'idle'
          ? html`<button class="main" type="button" ?disabled=${!canCapture()} @click=${connect}>
              ${msg('Speak into this phone')}
            </button>`
          : html`<p role="status">
              ${
                status === 'connected'
                  ? msg('This phone is the microphone. Keep this page open.')
                  : msg('Connecting this phone…')
              }
            </p>`
      }
    `;
  }

  private group(label: string, kind: MicrophoneOption['kind']) {
    const current = this.tour?.microphone.id ?? '';
    const known = this.box?.microphones ?? [];
    const own = known.filter((option) => option.kind === kind);
    // A device that was pulled out is still the tour's choice.
    if (kindOf(current) === kind && !known.some((option) => option.id === current)) {
      own.push({ id: current, kind, label: current, available: false });
    }
    if (own.length === 0) return nothing;
    return html`<optgroup label=${label}>
      ${own.map(
        (option) =>
          html`<option
            value=${option.id}
            ?selected=${option.id === current}
            ?disabled=${option.id !== current && !this.usable(option)}
          >
            ${this.labelOf(option)}
          </option>`,
      )}
    </optgroup>`;
  }

  /** A recording to offer to who has no microphone at hand. */
  private rehearsal(): string | undefined {
    const current = this.tour?.microphone.id ?? '';
    return kindOf(current) === 'alsa'
      ? this.box?.microphones.find(({ kind }) => kind === 'file')?.id
      : undefined;
  }

  private rehearse(): void {
    const id = this.rehearsal();
    if (id) this.choose(id);
  }

  private usable(option: MicrophoneOption): boolean {
    return option.kind === 'phone' ? canCapture() : option.available;
  }

  private labelOf({ kind, label, available }: MicrophoneOption): string {
    if (kind === 'phone')
      return canCapture() ? msg('This phone’s microphone') : msg('This phone’s microphone (needs HTTPS)');
    if (kind === 'none') return msg('No microphone');
    return available ? label : msg(str`${label} (not there now)`);
  }

  private chosen(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.choose(event.target.value);
  }

  private choose(id: string): void {
    this.phone.choose(id === 'phone');
    this.dispatchEvent(new CustomEvent('microphone-choice', { detail: id, bubbles: true, composed: true }));
  }
}

const kindOf = (id: string): string => id.split(':', 1)[0] ?? '';

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-microphone-panel': MicrophonePanel;
  }
}
