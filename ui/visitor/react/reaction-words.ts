import { msg } from '@lit/localize';
import { svg, type SVGTemplateResult } from 'lit';
import type { Reaction } from '../../../appliance/protocol/questions.ts';
import { icon } from '../../elements/icons.ts';

/** For who does not see the drawing. */
export function reactionWords(reaction: Reaction): string {
  switch (reaction) {
    case 'like':
      return msg('I like it');
    case 'love':
      return msg('I love it');
    case 'laugh':
      return msg('Funny');
    case 'wow':
      return msg('Amazing');
    case 'clap':
      return msg('Applause');
  }
}

export const REACTION_ICONS: Readonly<Record<Reaction, SVGTemplateResult>> = {
  like: icon(
    svg`<path d="M7 11v9H4v-9zM7 11l4-8a2.4 2.4 0 0 1 2.4 2.9L12.8 9H19a2 2 0 0 1 2 2.4l-1.3 6.9A2 2 0 0 1 17.7 20H7" />`,
  ),
  love: icon(
    svg`<path d="M12 20C5 15.5 3 12 3 8.8A4.8 4.8 0 0 1 12 6.5a4.8 4.8 0 0 1 9 2.3C21 12 19 15.5 12 20z" />`,
  ),
  laugh: icon(
    svg`<circle cx="12" cy="12" r="9" /><path d="M7 13.5h10a5 5 0 0 1-10 0zM8 9.5l1.5-1 1.5 1M13 9.5l1.5-1 1.5 1" />`,
  ),
  wow: icon(
    svg`<circle cx="12" cy="12" r="9" /><path d="M8.5 9.2v.01M15.5 9.2v.01" /><ellipse cx="12" cy="15" rx="2" ry="2.6" />`,
  ),
  clap: icon(
    svg`<path d="M6.5 12.5L12 18a4.2 4.2 0 0 0 6 0 4.2 4.2 0 0 0 1-4.3l-1.4-4.2-1.9 1.6-4.6-4.6a1.2 1.2 0 0 0-1.7 1.7L13 11.8M11.6 10.4L8 6.8a1.2 1.2 0 0 0-1.7 1.7l4.3 4.3M10.6 12.8L7.8 10a1.2 1.2 0 0 0-1.7 1.7l.6.8M14 2.5v2M18 3.5l-1 1.7M20.8 6.8l-1.8 1" />`,
  ),
};
