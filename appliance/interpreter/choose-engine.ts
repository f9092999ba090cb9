import type { Log } from '../log.ts';
import type { InterpreterEngine } from './interpreter.ts';
import { NoEngine } from './none.ts';
import { OfflineEngine } from './offline/offline-engine.ts';
import { OpenAiEngine } from './openai/openai-engine.ts';

export interface EngineSettings {
  readonly interpreter: 'auto' | 'openai' | 'offline' | 'none';
  readonly openaiApiKey?: string | undefined;
  readonly openaiUrl?: string | undefined;
  readonly openaiDialect: 'translation' | 'conversation';
}

/** `auto`: openai when a key or a URL is set, else offline when its programs are there, else none. */
export function chooseEngine({ settings, log }: { settings: EngineSettings; log: Log }): InterpreterEngine {
  const { interpreter, openaiApiKey, openaiUrl, openaiDialect } = settings;
  if (interpreter === 'none') return new NoEngine();
  if (interpreter === 'openai' || (interpreter === 'auto' && (openaiApiKey ?? openaiUrl) !== undefined)) {
    return new OpenAiEngine({
      ...(openaiUrl !== undefined && { url: openaiUrl }),
      ...(openaiApiKey !== undefined && { apiKey: openaiApiKey }),
      dialect: openaiDialect,
      log,
    });
  }
  const offline = new OfflineEngine({ log });
  return interpreter === 'offline' || offline.pairs.length > 0 ? offline : new NoEngine();
}
