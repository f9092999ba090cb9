import { css } from 'lit';
import { base, buttons, fields } from '../../style/base.ts';
import { panel } from '../panel.ts';
import { passwordStyles } from './password-field.ts';

/** A card in the middle of the page, with one thing to do. */
export const entranceStyles = [
  base,
  buttons,
  fields,
  panel,
  passwordStyles,
  css`
    :host {
      max-inline-size: 30rem;
      margin: auto;
      inline-size: 100%;
    }
    .main {
      min-block-size: 56px;
    }
    .bad {
      color: var(--bad);
      font-weight: 600;
    }
    .code {
      font: 600 1.25rem/1.2 var(--font-mono);
      min-block-size: 60px;
    }
    .roles {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 7rem), 1fr));
      gap: var(--gap-2);
    }
    .roles legend {
      margin-block-end: var(--gap-2);
      font-size: inherit;
    }
    .roles label {
      display: flex;
      align-items: center;
      gap: var(--gap-3);
      min-block-size: var(--target);
      padding: var(--gap-2) var(--gap-3);
      border: 1px solid var(--line-strong);
      border-radius: var(--radius-small);
      cursor: pointer;
    }
    .roles label:has(:checked) {
      background: var(--accent-soft);
      border-color: var(--accent);
      box-shadow: inset 0 0 0 1px var(--accent);
    }
    .mark {
      display: flex;
      align-items: center;
      gap: var(--gap-2);
      font-weight: 700;
      color: var(--accent);
    }
    .steps {
      display: flex;
      gap: var(--gap-1);
    }
    .steps span {
      flex: 1;
      block-size: 6px;
      border-radius: 3px;
      background: var(--line);
    }
    .steps .done {
      background: var(--accent);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: var(--gap-3);
    }
    .buttons .main {
      flex: 1 1 auto;
    }
    form:not(.panel) {
      display: grid;
      gap: var(--gap-4);
    }
    h2:focus {
      outline: none;
    }
    .typed {
      font-weight: 650;
      overflow-wrap: anywhere;
    }
    .go {
      display: flex;
      align-items: center;
      justify-content: center;
      min-block-size: 56px;
      padding: var(--gap-2) var(--gap-4);
      border-radius: var(--radius-small);
      background: var(--accent);
      color: var(--on-accent);
      font-weight: 600;
      text-decoration: none;
      text-align: center;
    }
    details {
      border: 1px solid var(--line);
      border-radius: var(--radius-small);
      padding-inline: var(--gap-3);
    }
    summary {
      min-block-size: var(--target);
      display: flex;
      align-items: center;
      font-weight: 600;
      cursor: pointer;
    }
    details p,
    details form {
      padding-block-end: var(--gap-3);
    }
    .head {
      display: grid;
      gap: var(--gap-2);
    }
  `,
];
