import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FloorVoice } from '../../../appliance/protocol/talk.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { LoadedLater } from '../../elements/loaded-later.ts';
import { base } from '../../style/base.ts';
import { switchRow } from '../../style/switch-row.ts';
import { recall, remember } from '../memory.ts';
import type { HeardSound } from './ear.ts';
import type * as Drawn from './face.ts';
import { speakerOf, speakerWords, type Speaker } from './speaker.ts';

/**
 * A face for the voice that is heard, with the words for whose it is, and the switch for it. What draws it is fetched
 * when it is wanted. Its parts are laid out by who contains it, beside others.
 */
@localized()
@customElement('ubizo-voice-face')
export class VoiceFace extends LitElement {
  static override styles = [
    base,
    switchRow,
    css`
      :host {
        display: contents;
      }
      .who {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        flex: 1 1 100%;
        min-block-size: 3.75rem;
        padding-block-start: var(--gap-1);
        padding-inline: var(--gap-4);
        font-weight: 600;
      }
      ubizo-face,
      .who > span:first-child {
        flex: 0 0 3.5rem;
      }
      @media (min-width: 640px) {
        .who {
          flex-basis: 12rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) sound: HeardSound | undefined;
  @property({ attribute: false }) tour: TourView | undefined;
  /** In which it is heard. */
  @property() language = '';
  /** Whose the tour is just now. */
  @property() voice: FloorVoice = 'guide';
  /** The phone is to be spared. */
  @property({ type: Boolean }) sparing = false;
  /** By its switch, on this phone. */
  @state() private chosen = recall('face');
  private readonly drawn = new LoadedLater<typeof Drawn>(this, () => import('./face.ts'));

  /** Without a word of the visitor's: where nothing says that it should not be. */
  get on(): boolean {
    if (this.chosen !== undefined) return this.chosen === 'yes';
    return !this.sparing && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  override render() {
    const { on } = this;
    const speaker = speakerOf(this, this.voice);
    return html`
      ${on ? html`<p class="who" data-testid="speaker">${this.face(speaker)}${speakerWords(speaker)}</p>` : nothing}
      <label>
        <input type="checkbox" role="switch" .checked=${on} @change=${this.changed} />
        ${msg('Face')}
      </label>
    `;
  }

  override updated(): void {
    if (this.on) void this.drawn.load();
  }

  private face(speaker: Speaker) {
    return this.drawn.part
      ? html`<ubizo-face .sound=${this.sound} .speaker=${speaker} ?sparing=${this.sparing}></ubizo-face>`
      : html`<span></span>`;
  }

  private changed(event: Event): void {
    this.chosen = (event.target as HTMLInputElement).checked ? 'yes' : 'no';
    remember('face', this.chosen);
    void this.drawn.load({ again: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-voice-face': VoiceFace;
  }
}
