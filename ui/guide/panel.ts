import { css } from 'lit';

/** How the guide's page groups things: cards on a ground, with a heading each. */
export const panel = css`
  .panel {
    background: var(--raised);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
    padding: var(--gap-5) var(--gap-4);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-4);
    align-content: start;
  }
  @media (min-width: 640px) {
    .panel {
      padding: var(--gap-5);
    }
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-3);
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-2);
  }
`;
