import type { Settings } from '../settings/schema.ts';

/** Whose values tell nothing of a person, a network or a key; of a setting that comes later only whether it is set. */
const SHOWN: ReadonlySet<string> = new Set<keyof Settings>([
  'httpPort',
  'httpsPort',
  'publicPort',
  'interpreter',
  'openaiDialect',
  'textModel',
  'speakerModel',
  'linger',
  'translatedFrameMs',
  'floorFrameMs',
  'noiseGate',
  'shards',
  'maxListeners',
  'mediaPorts',
  'log',
]);

/** The settings for somebody else's eyes. */
export function shownSettings(settings: Settings): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        key,
        SHOWN.has(key) && (typeof value === 'string' || typeof value === 'number') ? value : 'set',
      ]),
  );
}
