import { css } from 'lit';

export const questionsStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    min-block-size: var(--target);
  }
  .head h2 {
    flex: 1 1 auto;
  }
  .question {
    display: grid;
    gap: var(--gap-2);
    padding-block: var(--gap-3);
    border-block-start: 1px solid var(--line);
  }
  .answering {
    border-inline-start: 6px solid var(--live-ink);
    padding-inline-start: var(--gap-3);
  }
  .answering .become {
    color: var(--live-ink);
    font-weight: 700;
  }
  .hidden .text,
  .gone .text {
    color: var(--ink-soft);
  }
  .gone .acts {
    visibility: hidden;
  }
  .asker {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--gap-2);
    font-weight: 650;
  }
  .asker .soft {
    font-weight: 500;
  }
  .spoken {
    display: inline-flex;
    align-items: center;
    gap: var(--gap-1);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: var(--gap-1);
    padding-inline: var(--gap-2);
    border-radius: var(--radius-small);
    background: var(--bad-soft);
    color: var(--bad);
  }
  .text {
    font-size: 1.1875rem;
    line-height: 1.4;
  }
  .note {
    color: var(--warn);
    font-weight: 600;
  }
  .signs,
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2) var(--gap-3);
    min-block-size: var(--target);
  }
  .votes {
    display: inline-flex;
    align-items: center;
    gap: var(--gap-1);
    min-inline-size: 3.5rem;
    font-variant-numeric: tabular-nums;
    font-weight: 650;
  }
  .become {
    flex: 1 1 5rem;
    font-weight: 600;
  }
  .signs [aria-pressed='true'] {
    background: var(--accent-soft);
  }
  .acts .main {
    flex: 1 1 7rem;
  }
  summary {
    display: flex;
    align-items: center;
    gap: var(--gap-1);
    min-block-size: var(--target);
    cursor: pointer;
    color: var(--accent);
    font-weight: 600;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  [open] > summary svg {
    transform: scaleY(-1);
  }
  ubizo-sheet .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-3);
  }
  .quote {
    padding-inline-start: var(--gap-3);
    border-inline-start: 3px solid var(--line-strong);
  }
  .bad {
    color: var(--bad);
    font-weight: 600;
  }
  /* Beside the other columns a long list scrolls by itself. */
  @media (min-width: 800px) {
    .list {
      max-block-size: 70vh;
      overflow-y: auto;
    }
  }
`;
