import { createHash } from 'node:crypto';
import type { Tour } from '../tour/tour.ts';
import type { Translator } from '../translator/translator.ts';
import type { TranslateText } from '../translator/wording.ts';

/** How the texts of one tour are translated: with its glossary, at its cost, and under its cap. */
export function translatingFor(translator: Translator): (tour: Tour) => TranslateText {
  return (tour) =>
    async (line, { author, ...wanted }) => {
      const { name, glossary } = tour.record;
      const [translated] = await translator.translate([line], {
        ...wanted,
        ...(glossary && { glossary }),
        ...(author !== undefined && { author: createHash('sha256').update(author).digest('hex') }),
        context: name,
        unpaid: tour.spend.state === 'reached',
        onSpent: (usd) => tour.spend.add(wanted.to, usd),
      });
      return translated ?? { reason: 'failed', from: undefined };
    };
}
