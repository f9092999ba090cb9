import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ClaimRequest, type EntranceView, looksLikeKey } from '../../../appliance/protocol/accounts.ts';
import { email as emailAddress } from '../../../appliance/protocol/email.ts';
import { tidyName, withoutSpaces } from '../../../appliance/protocol/text.ts';
import '../../elements/notice.ts';
import { claim } from '../../link/api/entrance.ts';
import type { LinkCode } from '../../link/problem.ts';
import { Attempt } from '../attempt.ts';
import { noKeyWords } from '../device/key-words.ts';
import { guideProblemWords } from '../problem-words.ts';
import {
  CLAIM_STEPS,
  claimStep,
  headingOf,
  newDraft,
  type ClaimDraft,
  type ClaimStep,
} from './claim-steps.ts';
import { forgetDraft, keepDraft, keptDraft } from './claim-draft.ts';
import { entranceStyles } from './entrance-styles.ts';
import './secure-page.ts';

/**
 * Whoever came in by the setup code makes the box theirs, in short steps. Nothing is sent before the last. Fires
 * `entered` and `claim-later`, and `sign-in-needed` when the code is asked for once more.
 */
@localized()
@customElement('ubizo-claim-wizard')
export class ClaimWizard extends LitElement {
  static override styles = entranceStyles;

  @property({ attribute: false }) entrance: EntranceView | undefined;
  @state() private at = 0;
  @state() private draft: ClaimDraft = newDraft();
  /** What is missing in this step. */
  @state() private missing = '';
  private readonly attempt = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    const kept = keptDraft();
    this.draft = kept ? { ...newDraft(), ...kept } : newDraft();
  }

  override updated(changed: PropertyValues): void {
    // A new step begins where the thumb goes next; a screen reader hears its heading first.
    if (changed.has('at')) this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  override render() {
    const { at, step } = this;
    const { busy, problem } = this.attempt;
    const last = at === CLAIM_STEPS.length - 1;
    const number = at + 1;
    if (this.entrance?.passwordsHere === false) return this.secureFirst(this.entrance.secureUrl ?? '');
    return html`
      <form class="panel" novalidate @submit=${this.submitted} @input=${this.edited}>
        <div class="head">
          <p class="soft small">${msg(str`Step ${number} of ${CLAIM_STEPS.length}`)}</p>
          <div class="steps" aria-hidden="true">
            ${CLAIM_STEPS.map((_, index) => html`<span class=${index <= at ? 'done' : ''}></span>`)}
          </div>
          <h1 tabindex="-1">${headingOf(step)}</h1>
        </div>
        ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        ${claimStep(step, {
          draft: this.draft,
          missing: this.missing,
          change: (change) => this.change(change),
        })}
        ${
          problem?.code === 'key_refused'
            ? html`<button
                class="wide"
                type="button"
                ?disabled=${busy}
                @click=${() => void this.finish(true)}
              >
                ${msg('Finish with this key all the same')}
              </button>`
            : nothing
        }
        <div class="buttons">
          <button type="button" ?disabled=${busy} @click=${this.back}>
            ${at === 0 ? msg('Later') : msg('Back')}
          </button>
          <button class="main" type="submit" ?disabled=${busy}>${this.nextWords(last, busy)}</button>
        </div>
      </form>
    `;
  }

  /** Before anything is typed. */
  private secureFirst(url: string) {
    return html`<div class="panel">
      <h1 tabindex="-1">${msg('Make it mine')}</h1>
      <ubizo-secure-page .url=${url} carry></ubizo-secure-page>
      <button type="button" @click=${this.back}>${msg('Later')}</button>
    </div>`;
  }

  private change(change: Partial<ClaimDraft>): void {
    this.draft = { ...this.draft, ...change };
    keepDraft(this.draft);
  }

  /** What was wrong is being mended. */
  private readonly edited = (): void => {
    this.missing = '';
  };

  private get step(): ClaimStep {
    return CLAIM_STEPS[this.at] ?? 'account';
  }

  private nextWords(last: boolean, busy: boolean): string {
    if (busy) return msg('Setting up…');
    if (last) return msg('Finish');
    return this.step === 'key' && this.draft.openaiKey === '' ? msg('Skip for now') : msg('Next');
  }

  private readonly back = (): void => {
    this.missing = '';
    this.attempt.clear();
    if (this.at === 0) this.dispatchEvent(new CustomEvent('claim-later', { bubbles: true, composed: true }));
    else this.at -= 1;
  };

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const password = this.renderRoot.querySelector('ubizo-password-field');
    if (password) this.draft = { ...this.draft, password: password.value };
    this.missing = missingIn(this.step, this.draft);
    if (this.missing !== '') return;
    if (this.at < CLAIM_STEPS.length - 1) {
      this.attempt.clear();
      this.at += 1;
    } else void this.finish();
  }

  private async finish(insist = false): Promise<void> {
    await this.attempt.run(async () => {
      const detail = await claim({ ...requestOf(this.draft), ...(insist && { insist }) });
      forgetDraft();
      this.dispatchEvent(new CustomEvent('entered', { detail, bubbles: true, composed: true }));
    });
    const { problem } = this.attempt;
    // The sign-in by the setup code is over.
    if (problem?.code === 'wrong_setup_code')
      this.dispatchEvent(new CustomEvent('sign-in-needed', { bubbles: true, composed: true }));
    const step = problem && stepToMend(problem.code);
    if (!step) return;
    this.at = CLAIM_STEPS.indexOf(step);
    if (step !== 'account') return;
    this.attempt.clear();
    this.missing = guideProblemWords(problem);
  }
}

/** What must be there before the next step; '' when nothing is missing. */
function missingIn(step: ClaimStep, { email, password, openaiKey, spendCap }: ClaimDraft): string {
  if (step === 'account') {
    if (!emailAddress.safeParse(email).success) return msg('Enter your email address.');
    if (password.length < 8) return msg('Choose a password of 8 characters or more.');
  }
  if (step === 'key' && withoutSpaces(openaiKey) !== '' && !looksLikeKey(openaiKey)) return noKeyWords();
  if (step === 'limits' && spendCap !== '' && !(Number(spendCap) >= 0))
    return msg('Enter an amount in US dollars.');
  return '';
}

function stepToMend(code: LinkCode): ClaimStep | undefined {
  switch (code) {
    case 'key_refused':
      return 'key';
    case 'weak_password':
    case 'common_password':
    case 'insecure_connection':
      return 'account';
    default:
      return undefined;
  }
}

function requestOf({ email, password, name, openaiKey, ...limits }: ClaimDraft): ClaimRequest {
  return {
    email: email.trim(),
    password,
    ...(tidyName(name) !== '' && { name: tidyName(name) }),
    ...(withoutSpaces(openaiKey) !== '' && { openaiKey: withoutSpaces(openaiKey) }),
    spendCapUsd: limits.spendCap === '' ? null : Number(limits.spendCap),
    retention: { transcriptDays: limits.transcriptDays, recordings: false },
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-claim-wizard': ClaimWizard;
  }
}
