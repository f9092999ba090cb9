import type { LocaleModule } from '@lit/localize';
import { piecesOf } from '../../appliance/protocol/line-breaks.ts';

type Templates = LocaleModule['templates'];

/** A place where a line may end, of no width (Unicode Standard Annex 14, ZW). */
const BREAK = '\u200B';

/** The page’s texts, with the places where their lines may end; style/base.ts keeps the words whole. */
export function withWordBreaks(templates: Templates, language: string): Templates {
  const broken = (text: string): string => piecesOf(text, language).join(BREAK);
  return Object.fromEntries(
    Object.entries(templates).map(([id, template]) => {
      if (typeof template === 'string') return [id, broken(template)];
      // A template of HTML is known to Lit by its very strings.
      if (!('strTag' in template)) return [id, template];
      return [id, { ...template, strings: Object.assign(template.strings.map(broken), { raw: [] }) }];
    }),
  );
}
