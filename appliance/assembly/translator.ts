import { counter } from '../health/metrics.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { ApertiumEngine } from '../translator/apertium/apertium-engine.ts';
import { LanguageDetection } from '../translator/language/language-detection.ts';
import { textCalls } from '../translator/openai/call.ts';
import type { Translator } from '../translator/translator.ts';
import { type Outcome, Translators } from '../translator/translators.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import type { BoxState } from './storage.ts';

export interface TranslatorPart extends Part {
  readonly translator: Translator;
  /** In which language somebody has typed. */
  readonly detection: LanguageDetection;
}

/** What people write, in other languages. */
export function translatorPart({
  settings,
  log,
  state,
  breakers: { breakers },
}: {
  settings: Settings;
  log: Log;
  state: BoxState;
  breakers: BreakersPart;
}): TranslatorPart {
  const counts = new Map<Outcome, number>();
  const detection = new LanguageDetection({ log });
  const box = new ApertiumEngine({ log });
  const calls = textCalls(log);
  const translators = new Translators({
    settings,
    savedKey: () => state.kept.device.openaiKey,
    breakers,
    box,
    calls,
    detection,
    log,
    onLine: (outcome) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1),
  });
  return {
    name: 'translator',
    translator: translators,
    detection,
    stop: async () => {
      await translators.stop();
      await Promise.all([box.stop(), calls.stop(), detection.stop()]);
    },
    checks: {
      translator: () => ({
        ok: true,
        detail: translators.detail,
        ...(translators.trouble && { degraded: true }),
      }),
    },
    metrics: (registry) =>
      counter(registry, {
        name: 'ubizo_lines_translated_total',
        help: 'Written lines, by who translated them or why nobody did',
        label: 'outcome',
        read: () => counts,
      }),
  };
}
