import { css } from 'lit';

export const boxStyles = css`
  :host {
    display: grid;
    gap: var(--gap-4);
  }
  form {
    display: grid;
    gap: var(--gap-4);
  }
  dl {
    display: grid;
    gap: var(--gap-4);
  }
  @media (min-width: 480px) {
    dl {
      grid-template-columns: 1fr 1fr;
    }
  }
  dt {
    color: var(--ink-soft);
    font-size: 0.9375rem;
  }
  dd {
    overflow-wrap: anywhere;
    font-weight: 600;
  }
  dd.advice {
    font-weight: 400;
    color: var(--warn);
  }
  .now {
    font-size: 1.25rem;
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .address {
    font-family: var(--font-mono);
    overflow-wrap: anywhere;
    user-select: all;
  }
  summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: var(--target);
    font-weight: 600;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  [open] summary {
    margin-block-end: var(--gap-2);
  }
  [open] summary svg {
    transform: rotate(180deg);
  }
  .checks {
    display: grid;
    gap: var(--gap-3);
  }
  .checks li {
    display: grid;
    grid-template-columns: 1.5rem 1fr;
    gap: 0 var(--gap-3);
    align-items: start;
  }
  .checks .mark {
    font-weight: 700;
    text-align: center;
  }
  .checks .what {
    grid-column: 2;
    overflow-wrap: anywhere;
  }
  .mend .mark,
  .remedy {
    color: var(--warn);
  }
  .ok .mark {
    color: var(--good);
  }
`;
