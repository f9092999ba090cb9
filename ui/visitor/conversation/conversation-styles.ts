import { css } from 'lit';

/** What the parts of the conversation have in common. */
export const conversationStyles = css`
  .said {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  summary {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--target);
    color: var(--accent);
    cursor: pointer;
    touch-action: manipulation;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2) var(--gap-3);
  }
  .card {
    display: grid;
    gap: var(--gap-2);
    padding: var(--gap-3) var(--gap-4);
    border-radius: var(--radius-small);
    background: var(--raised);
    border: 1px solid var(--line);
  }
  .problem {
    color: var(--bad);
    font-weight: 600;
  }
`;
