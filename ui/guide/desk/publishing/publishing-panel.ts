import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PublishingTokenView } from '../../../../appliance/protocol/requests.ts';
import '../../../elements/copy-field.ts';
import { chevronIcon } from '../../../elements/icons.ts';
import '../../../elements/notice.ts';
import '../../../elements/sheet.ts';
import type { Sheet } from '../../../elements/sheet.ts';
import { newPublishingToken, publishing, revokePublishingToken } from '../../../link/api/publishing.ts';
import { base, buttons } from '../../../style/base.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { Attempt } from '../../attempt.ts';
import { panel } from '../../panel.ts';
import { guideProblemWords } from '../../problem-words.ts';

/** An encoder as the tour's microphone: what it is told, once, and how to take it back. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-publishing-panel')
export class PublishingPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    panel,
    css`
      summary {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-block-size: var(--target);
        font-weight: 650;
        cursor: pointer;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      [open] summary svg {
        transform: scaleY(-1);
      }
      .inside {
        display: grid;
        gap: var(--gap-4);
        padding-block-start: var(--gap-3);
      }
    `,
  ];

  @property() tourId = '';
  @state() private view: PublishingTokenView | undefined;
  /** Known on this page only, until it is left. */
  @state() private fresh: { readonly address: string; readonly token: string } | undefined;
  private readonly attempt = new Attempt(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('tourId')) return;
    this.view = undefined;
    this.fresh = undefined;
  }

  override render() {
    const { problem } = this.attempt;
    return html`
      <section class="panel">
        <details @toggle=${this.toggled}>
          <summary>${msg('Sound from another program')} ${chevronIcon}</summary>
          <div class="inside">
            <p class="soft">
              ${msg('OBS, FFmpeg and other programs that speak WHIP can be the microphone of this tour. Give them this address and a token.')}
            </p>
            ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
            ${this.fresh ? this.shown(this.fresh) : nothing} ${this.view ? this.steps(this.view) : nothing}
          </div>
        </details>
      </section>
    `;
  }

  private shown({ address, token }: { address: string; token: string }) {
    return html`
      <ubizo-copy-field .label=${msg('Address')} .value=${address}></ubizo-copy-field>
      <ubizo-copy-field .label=${msg('Token')} .value=${token}></ubizo-copy-field>
      <p>${msg('Copy the token now: it is not shown again. Whoever has it can speak on this tour.')}</p>
    `;
  }

  private steps({ createdAt }: PublishingTokenView) {
    const { busy } = this.attempt;
    const made = createdAt === undefined ? '' : new Date(createdAt).toLocaleString(pageLanguage());
    return html`
      ${made && !this.fresh ? html`<p>${msg(str`A token was made on ${made}. A new one takes its place.`)}</p>` : nothing}
      <div class="row">
        <button type="button" ?disabled=${busy} @click=${made ? this.ask('another') : this.make}>
          ${msg('Make a token')}
        </button>
        ${
          made
            ? html`<button class="danger" type="button" ?disabled=${busy} @click=${this.ask('revoke')}>
                ${msg('Revoke the token')}
              </button>`
            : nothing
        }
      </div>
      ${made ? this.sheets() : nothing}
    `;
  }

  /** Either cuts off who speaks by the token of now. */
  private sheets() {
    const follows = msg(
      'The program that speaks by the present token is cut off at once, also in mid-tour, until it is given a new one.',
    );
    return html`
      <ubizo-sheet id="another" .heading=${msg('Make a new token?')}>
        <p>${follows}</p>
        <button class="danger wide" type="button" @click=${this.make}>${msg('Yes, make a new one')}</button>
      </ubizo-sheet>
      <ubizo-sheet id="revoke" .heading=${msg('Revoke the token?')}>
        <p>${follows}</p>
        <button class="danger wide" type="button" @click=${this.revoke}>${msg('Yes, revoke it')}</button>
      </ubizo-sheet>
    `;
  }

  private ask(what: 'another' | 'revoke'): () => void {
    return () => this.sheet(what)?.open();
  }

  private sheet(id: string): Sheet | null {
    return this.renderRoot.querySelector<Sheet>(`ubizo-sheet#${id}`);
  }

  private toggled({ target }: Event): void {
    if (target instanceof HTMLDetailsElement && target.open && !this.view) void this.load();
  }

  private async load(): Promise<void> {
    await this.attempt.run(async () => {
      this.view = await publishing(this.tourId);
    });
  }

  private async make(): Promise<void> {
    this.sheet('another')?.close();
    await this.attempt.run(async () => {
      const { token, whip, createdAt } = await newPublishingToken(this.tourId);
      this.fresh = { address: new URL(whip, location.origin).href, token };
      this.view = { createdAt };
    });
  }

  private async revoke(): Promise<void> {
    this.sheet('revoke')?.close();
    await this.attempt.run(async () => {
      await revokePublishingToken(this.tourId);
      this.fresh = undefined;
      this.view = {};
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-publishing-panel': PublishingPanel;
  }
}
