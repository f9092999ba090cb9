import { css } from 'lit';

export const speakPanelStyles = css`
  section {
    display: grid;
    gap: var(--gap-3);
  }
  h3 {
    font-size: 1.0625rem;
  }
  /* Two halves of one switch. */
  .choice {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr));
    gap: 0 var(--gap-2);
  }
  .choice label,
  .check {
    display: flex;
    align-items: center;
    gap: var(--gap-2);
    min-block-size: var(--target);
    font-weight: 500;
    cursor: pointer;
  }
  .slider input[type='range'] {
    padding: 0;
    border: 0;
    background: none;
    accent-color: var(--accent);
  }
  .talk {
    inline-size: 100%;
    min-block-size: 88px;
    flex-wrap: wrap;
    font-size: 1.25rem;
    touch-action: none;
    -webkit-touch-callout: none;
  }
  .talk.on,
  .talk.on:hover {
    background: var(--live);
    color: var(--on-live);
  }
  .left {
    font-variant-numeric: tabular-nums;
  }
  .status {
    min-block-size: 1.5em;
    font-weight: 600;
    text-align: center;
  }
  .hidden {
    visibility: hidden;
  }
`;
