import { html, nothing } from 'lit';

/** Where a code is typed that somebody read out or handed over. `wrong`: what is the matter with it; '' for nothing. */
export const codeField = ({ label, wrong }: { label: string; wrong: string }) =>
  html`<div class="field">
    <label for="code">${label}</label>
    <input
      id="code"
      class="code"
      dir="ltr"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      aria-describedby=${wrong ? 'code-wrong' : nothing}
      aria-invalid=${wrong ? 'true' : 'false'}
    />
    ${wrong ? html`<p id="code-wrong" class="bad" role="alert">${wrong}</p>` : nothing}
  </div>`;
