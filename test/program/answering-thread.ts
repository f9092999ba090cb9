import { answerQuestions } from '../../appliance/program/thread-questions.ts';

let cancelled = 0;

/** `die` ends it, `throw` is no answer, `wait` waits until nobody does. */
answerQuestions(async (question: string, signal): Promise<string> => {
  if (question === 'die') process.exit(1);
  if (question === 'throw') throw new Error('no answer');
  if (question === 'wait')
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        cancelled += 1;
        resolve();
      });
    });
  return `${question}, ${cancelled} cancelled`;
});
