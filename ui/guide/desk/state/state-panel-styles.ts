import { css } from 'lit';

export const statePanelStyles = css`
  .state {
    border-radius: var(--radius);
    border: 2px solid var(--line-strong);
    background: var(--raised);
    padding: var(--gap-5) var(--gap-4);
    display: grid;
    gap: var(--gap-2);
  }
  .word {
    font-size: min(4.5rem, 15vw);
    font-weight: 800;
    line-height: 1;
    letter-spacing: -0.02em;
  }
  .meaning {
    font-size: 1.25rem;
  }
  .live {
    background: var(--live);
    border-color: var(--live);
    color: var(--on-live);
  }
  .paused {
    background: var(--warn-soft);
    border-color: var(--warn);
    color: var(--warn);
  }
  .lost {
    background: var(--bad-soft);
    border: 6px solid var(--bad);
    color: var(--bad);
  }
  .lost .meaning {
    font-weight: 700;
  }
  .warning {
    display: flex;
    align-items: center;
    gap: var(--gap-2);
    padding: var(--gap-2) var(--gap-3);
    border-radius: var(--radius-small);
    background: var(--warn-soft);
    color: var(--warn);
    font-weight: 650;
  }
  .warning svg {
    flex: none;
  }
  .ended {
    color: var(--ink-soft);
  }
  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-3);
    margin-block-start: var(--gap-3);
  }
  .steps:empty {
    display: none;
  }
  .steps button {
    flex: 1 1 8rem;
    min-block-size: 64px;
    font-size: 1.25rem;
    border-radius: var(--radius-small);
  }
  .steps .main {
    flex-grow: 2;
  }
  .steps button:focus-visible {
    outline-color: currentColor;
  }
  .live button:not(:disabled) {
    background: transparent;
    border-color: currentColor;
    color: inherit;
  }
  .live button:not(:disabled):hover {
    background: color-mix(in srgb, var(--on-live) 14%, transparent);
  }
  ubizo-sheet p {
    margin-block-end: var(--gap-4);
  }
`;
