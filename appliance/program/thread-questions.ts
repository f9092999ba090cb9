import { parentPort } from 'node:worker_threads';

/** Without a question: nobody waits for its answer any more. */
export interface ToThread<Question> {
  readonly id: number;
  readonly question?: Question;
}

/** Without an answer: there is none. */
export interface FromThread<Answer> {
  readonly id: number;
  readonly answer: Answer | undefined;
}

/** `question`: of the type that the {@link WarmThread} is asked. `signal`: nobody waits any more. */
type AnswerTo = (question: never, signal: AbortSignal) => unknown;

/** The thread's side of a {@link WarmThread}. What `answer` throws is no answer. */
export function answerQuestions(answer: AnswerTo): void {
  const port = parentPort;
  if (!port) throw new Error('Questions are answered in a worker thread.');
  const asked = new Map<number, AbortController>();
  const reply = async (id: number, question: never): Promise<void> => {
    const waiting = new AbortController();
    asked.set(id, waiting);
    const found = await tried(() => answer(question, waiting.signal));
    asked.delete(id);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    port.postMessage({ id, answer: found } satisfies FromThread<unknown>);
  };
  port.on('message', ({ id, question }: ToThread<never>) => {
    if (question === undefined) asked.get(id)?.abort();
    else void reply(id, question);
  });
}

async function tried(answer: () => unknown): Promise<unknown> {
  try {
    return await answer();
  } catch {
    return undefined;
  }
}
