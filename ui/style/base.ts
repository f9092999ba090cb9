import { css } from 'lit';

/** What every element's shadow root starts from: native controls, dressed by the tokens. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  /* A word that is wider than the page breaks rather than leave it: with letters twice as large many are. */
  :host {
    display: block;
    overflow-wrap: anywhere;
  }
  /* Where they are grids: a long word does not widen the column beyond the page. */
  :host,
  form,
  section,
  ul,
  ol,
  li,
  dl {
    grid-template-columns: minmax(0, 1fr);
  }
  /* Few words fit into a line of such letters: a long one is parted where its language lets it. */
  @media (max-width: 18em) {
    :host {
      hyphens: auto;
      hyphenate-limit-chars: 10 4 4;
    }
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    line-height: 1.2;
    letter-spacing: -0.01em;
    text-wrap: balance;
    overflow-wrap: anywhere;
    hyphens: auto;
  }
  /* Large letters that fill a narrow screen would break every word. */
  h1 {
    font-size: min(1.75rem, 13vw);
    font-weight: 700;
  }
  h2,
  legend {
    font-size: 1.125rem;
    font-weight: 650;
    padding: 0;
  }
  a {
    color: var(--accent);
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .soft {
    color: var(--ink-soft);
  }
  .small {
    font-size: 0.9375rem;
  }
  /* Words stay whole: Korean shows them by spaces, the others' are marked in the texts (texts/word-breaks.ts). */
  :lang(ja),
  :lang(ko),
  :lang(zh) {
    word-break: keep-all;
    overflow-wrap: anywhere;
  }
  @supports (word-break: auto-phrase) {
    :lang(ja) {
      word-break: auto-phrase;
    }
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const buttons = css`
  button {
    font: inherit;
    font-weight: 600;
    color: var(--ink);
    background: var(--raised);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    min-block-size: var(--target);
    min-inline-size: var(--target);
    padding: var(--gap-2) var(--gap-4);
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--gap-2);
    max-inline-size: 100%;
    hyphens: auto;
    cursor: pointer;
    touch-action: manipulation;
    user-select: none;
    -webkit-user-select: none;
    transition: background var(--quick);
  }
  button:hover {
    background: var(--sunken);
  }
  button:disabled {
    cursor: not-allowed;
    color: var(--ink-soft);
    background: var(--sunken);
    border-style: dashed;
  }
  button.main {
    color: var(--on-accent);
    background: var(--accent);
    border-color: transparent;
  }
  button.main:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  button.main:disabled {
    color: var(--ink-soft);
    background: var(--sunken);
    border-color: var(--line-strong);
  }
  button.plain {
    background: none;
    border-color: transparent;
    color: var(--accent);
    padding-inline: var(--gap-3);
  }
  button.danger {
    color: var(--bad);
  }
  button.wide {
    inline-size: 100%;
  }
  svg {
    inline-size: 1.375em;
    block-size: 1.375em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;

export const fields = css`
  label,
  .label {
    font-weight: 600;
    display: block;
  }
  input:not([type='radio'], [type='checkbox']),
  textarea,
  select {
    font: inherit;
    color: var(--ink);
    background: var(--raised);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    min-block-size: var(--target);
    inline-size: 100%;
    padding: var(--gap-2) var(--gap-3);
  }
  input[type='radio'],
  input[type='checkbox'] {
    accent-color: var(--accent);
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
    flex: none;
  }
  textarea {
    resize: vertical;
  }
  input::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }
  [aria-invalid='true'] {
    border-color: var(--bad);
    border-width: 2px;
  }
`;
