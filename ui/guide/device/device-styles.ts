import { css } from 'lit';

export const deviceStyles = css`
  :host {
    display: grid;
    gap: var(--gap-4);
  }
  form {
    display: grid;
    gap: var(--gap-4);
  }
  /* Empty until there is something to say: no gap for it. */
  div[role='status'] {
    display: contents;
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--gap-3);
    min-block-size: var(--target);
    cursor: pointer;
  }
  .bad {
    color: var(--bad);
    font-weight: 600;
  }
  .good {
    color: var(--good);
    font-weight: 600;
  }
  .fingerprint,
  .secret {
    font-family: var(--font-mono);
    overflow-wrap: anywhere;
  }
  .secret {
    font-size: 1.75rem;
    font-weight: 700;
    letter-spacing: 0.06em;
    padding: var(--gap-3) var(--gap-4);
    background: var(--sunken);
    border-radius: var(--radius-small);
    text-align: center;
    user-select: all;
  }
  dl {
    display: grid;
    gap: var(--gap-3);
  }
  dt {
    color: var(--ink-soft);
    font-size: 0.9375rem;
  }
  dd {
    overflow-wrap: anywhere;
  }
  ubizo-sheet p {
    margin-block-end: var(--gap-4);
  }
`;
