import { css } from 'lit';

/** The screens before the tour is heard: one column to read and choose in. */
export const entranceStyles = css`
  :host {
    flex: 1;
    display: flex;
    flex-direction: column;
  }
  .column {
    flex: 1;
    inline-size: 100%;
    max-inline-size: 40rem;
    margin-inline: auto;
    padding: var(--gap-5) var(--gap-4);
    display: flex;
    flex-direction: column;
    gap: var(--gap-5);
  }
  h1 {
    font-size: min(clamp(1.75rem, 7vw, 2.25rem), 13vw);
  }
`;
