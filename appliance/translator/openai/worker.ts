import { APIError, OpenAI } from 'openai';
import { answerQuestions } from '../../program/thread-questions.ts';
import type { Call, CallEnd, CallTo } from './call.ts';

/** The last one that was called: there is one server, and its key changes seldom. */
let last: { readonly name: string; readonly client: OpenAI } | undefined;

function clientOf(to: CallTo): OpenAI {
  const name = JSON.stringify(to);
  if (last?.name !== name) last = { name, client: open(to) };
  return last.client;
}

function open({ base, query, apiKey }: CallTo): OpenAI {
  return new OpenAI({
    baseURL: base,
    apiKey,
    defaultQuery: { ...query },
    organization: null,
    project: null,
    // Who asks again knows what only a person can mend.
    maxRetries: 0,
    logLevel: 'off',
  });
}

answerQuestions(async ({ to, body, withinMs }: Call, nobodyWaits): Promise<CallEnd> => {
  const deadline = AbortSignal.timeout(withinMs);
  try {
    const signal = AbortSignal.any([nobodyWaits, deadline]);
    const { status, output, usage } = await clientOf(to).responses.create(body, {
      signal,
      timeout: withinMs,
    });
    return { kind: 'answered', response: { status, output, usage } };
  } catch (error) {
    if (deadline.aborted) return { kind: 'late' };
    if (!(error instanceof APIError) || error.status === undefined) return brokenBy(error);
    const { status, code, type, param, message, headers } = error;
    return {
      kind: 'refused',
      status,
      error: { message, code, type, param },
      retryAfter: headers?.get('retry-after') ?? null,
    };
  }
});

/** The socket's own error is under those of whoever used it. */
function brokenBy(error: unknown): CallEnd {
  let root = error instanceof Error ? error : new Error(String(error));
  while (root.cause instanceof Error) root = root.cause;
  const code = 'code' in root && typeof root.code === 'string' ? root.code : undefined;
  return { kind: 'broken', message: root.message, code };
}
