import { css } from 'lit';

export const accountListStyles = css`
  :host,
  ul {
    display: grid;
    gap: var(--gap-3);
  }
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-3);
    padding: var(--gap-4);
    background: var(--raised);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
  }
  li.waiting {
    border-color: var(--warn);
  }
  .who {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .name {
    font-weight: 650;
  }
  strong.waiting {
    color: var(--warn);
  }
  strong.locked {
    color: var(--bad);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2);
  }
  .actions select {
    inline-size: auto;
  }
  .none {
    padding: var(--gap-5) var(--gap-4);
    text-align: center;
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
    color: var(--ink-soft);
  }
  ubizo-sheet p {
    margin-block-end: var(--gap-4);
    overflow-wrap: anywhere;
  }
`;
