import type { Log } from '../log.ts';
import type { InterpreterEngine } from './interpreter.ts';
import { NoEngine } from './none.ts';
import { OfflineEngine } from './offline/offline-engine.ts';
import { OpenAiEngine } from './openai/openai-engine.ts';
import { UnpaidEngine } from './unpaid-engine.ts';

interface EngineSettings {
  readonly interpreter: 'auto' | 'openai' | 'offline' | 'none';
  readonly openaiApiKey?: string | undefined;
  readonly openaiUrl?: string | undefined;
  readonly openaiDialect: 'translation' | 'conversation';
}

/** One to interpret by, and one that takes over in a tour that has cost what it may; the same where nothing is paid. */
export interface Engines {
  readonly chosen: InterpreterEngine;
  readonly unpaid: InterpreterEngine;
}

export function chooseEngines(options: { settings: EngineSettings; log: Log }): Engines {
  const chosen = chooseEngine(options);
  if (chosen.name !== 'openai') return { chosen, unpaid: chosen };
  return { chosen, unpaid: new UnpaidEngine({ offline: new OfflineEngine(options) }) };
}

/** `auto`: openai when a key or a URL is set, else offline when its programs are there, else none. */
function chooseEngine({ settings, log }: { settings: EngineSettings; log: Log }): InterpreterEngine {
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
