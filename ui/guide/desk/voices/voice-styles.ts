import { css } from 'lit';

/** A person who is heard, waits or calls, and what may be done about it. */
export const voiceStyles = css`
  .voice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2) var(--gap-3);
    min-block-size: 56px;
  }
  .voice .whose {
    flex: 1 1 8rem;
    min-inline-size: 0;
    line-height: 1.3;
  }
  .voice .name {
    font-weight: 700;
  }
  .voice .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2);
  }
  .voice ubizo-countdown {
    font-size: 1.25rem;
  }
  .voice.heard .name,
  .voice.heard ubizo-countdown {
    color: var(--live-ink);
  }
`;
