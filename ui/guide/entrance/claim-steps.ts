import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { email as emailAddress } from '../../../appliance/protocol/email.ts';
import { retentionField, spendCapField } from '../device/limit-fields.ts';
import './password-field.ts';

/** What the claim of a box asks for, a screen each. */
export const CLAIM_STEPS = ['account', 'name', 'key', 'limits'] as const;
export type ClaimStep = (typeof CLAIM_STEPS)[number];

/** As it is typed. */
export interface ClaimDraft {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly openaiKey: string;
  /** US dollars for one tour; '': no cap. */
  readonly spendCap: string;
  readonly transcriptDays: number;
}

export const newDraft = (): ClaimDraft => ({
  email: '',
  password: '',
  name: '',
  openaiKey: '',
  spendCap: '20',
  transcriptDays: 30,
});

export interface StepParts {
  readonly draft: ClaimDraft;
  readonly missing: string;
  readonly change: (change: Partial<ClaimDraft>) => void;
}

export function headingOf(step: ClaimStep): string {
  switch (step) {
    case 'account':
      return msg('Your account');
    case 'name':
      return msg('Name of the box');
    case 'key':
      return msg('Key of the translation service');
    case 'limits':
      return msg('Budget and transcripts');
  }
}

export function claimStep(step: ClaimStep, parts: StepParts): TemplateResult {
  const { draft, missing, change } = parts;
  switch (step) {
    case 'account':
      return accountStep(parts);
    case 'name':
      return line(parts, {
        id: 'name',
        label: msg('Name of the box'),
        hint: msg('Visitors and guides see it, for example in the Wi-Fi. You can change it later.'),
        value: draft.name,
        type: 'text',
        autocomplete: 'off',
        maxLength: 40,
        typed: (name) => change({ name }),
      });
    case 'key':
      return line(parts, {
        id: 'key',
        label: msg('OpenAI key'),
        hint: msg(
          'It pays for the translation service. It stays on the box and is never shown again. Without it, the built-in translation does a few languages, roughly.',
        ),
        value: draft.openaiKey,
        type: 'password',
        autocomplete: 'off',
        typed: (openaiKey) => change({ openaiKey }),
      });
    case 'limits':
      return html`
        ${spendCapField(draft.spendCap, (spendCap) => change({ spendCap }), missing)}
        ${retentionField(draft.transcriptDays, (days) => change({ transcriptDays: days ?? 30 }))}
      `;
  }
}

function accountStep(parts: StepParts): TemplateResult {
  const { draft, missing, change } = parts;
  const badEmail = missing !== '' && !emailAddress.safeParse(draft.email).success;
  return html`
    ${line(
      { ...parts, missing: badEmail ? missing : '' },
      {
        id: 'email',
        label: msg('Email address'),
        hint: msg('Nothing is sent to it: it is your name here.'),
        value: draft.email,
        type: 'email',
        autocomplete: 'username',
        typed: (email) => change({ email }),
      },
    )}
    <ubizo-password-field
      purpose="new-password"
      .label=${msg('Password')}
      .hint=${msg('8 characters or more; a few words in a row are easy to remember.')}
      .initial=${draft.password}
      .wrong=${badEmail ? '' : missing}
    ></ubizo-password-field>
  `;
}

interface Line {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly type: 'text' | 'email' | 'password';
  readonly autocomplete: 'off' | 'username';
  /** Missing where something is taken out before it is counted. */
  readonly maxLength?: number;
  readonly typed: (value: string) => void;
}

function line(
  { missing }: StepParts,
  { id, label, hint, value, type, autocomplete, maxLength, typed }: Line,
): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      name=${id}
      type=${type}
      dir=${id === 'name' ? 'auto' : 'ltr'}
      autocomplete=${autocomplete}
      autocapitalize="none"
      spellcheck="false"
      maxlength=${maxLength ?? nothing}
      .value=${value}
      aria-describedby="${id}-hint"
      aria-invalid=${missing ? 'true' : 'false'}
      @input=${(event: InputEvent) => event.target instanceof HTMLInputElement && typed(event.target.value)}
    />
    <p id="${id}-hint" class=${missing ? 'bad' : 'soft small'} role=${missing ? 'alert' : nothing}>
      ${missing || hint}
    </p>
  </div>`;
}
