import { css } from 'lit';

export const chooseLanguageStyles = css`
  section {
    display: grid;
    gap: var(--gap-3);
  }
  ubizo-page-language {
    margin-inline-start: auto;
    margin-block-end: var(--gap-2);
  }
  .live {
    margin-block-start: var(--gap-2);
    color: var(--live-ink);
    font-weight: 700;
  }
  .live::before {
    content: '';
    display: inline-block;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
    background: currentColor;
    margin-inline-end: 0.5rem;
  }
  .foot {
    position: sticky;
    inset-block-end: 0;
    background: linear-gradient(transparent, var(--ground) 1.25rem);
    padding: var(--gap-5) var(--gap-4) calc(var(--gap-4) + env(safe-area-inset-bottom));
  }
  /* Its line is there also when it is empty: the button does not jump. */
  .by-ai {
    min-block-size: 1.5rem;
    margin-block-end: var(--gap-1);
    text-align: center;
    font-size: 0.9375rem;
    color: var(--ink-soft);
  }
  .listen {
    display: flex;
    flex-wrap: wrap;
    inline-size: 100%;
    max-inline-size: 38rem;
    margin-inline: auto;
    min-block-size: 72px;
    border-radius: var(--radius);
    font-size: 1.375rem;
  }
  .read {
    display: flex;
    inline-size: 100%;
    max-inline-size: 38rem;
    margin: var(--gap-2) auto 0;
    min-block-size: 56px;
    border-radius: var(--radius);
  }
`;
