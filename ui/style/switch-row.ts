import { css } from 'lit';

/** A switch with its words, in a row as wide as the page. */
export const switchRow = css`
  label {
    display: flex;
    align-items: center;
    gap: var(--gap-3);
    min-block-size: var(--target);
    padding-inline: var(--gap-4);
    cursor: pointer;
    touch-action: manipulation;
  }
  input {
    inline-size: 1.5rem;
    block-size: 1.5rem;
    margin: 0;
    flex: none;
    accent-color: var(--accent);
  }
`;
