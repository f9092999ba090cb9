import { Backoff } from './backoff.ts';
import { asLinkError } from './problem.ts';
import { send } from './request.ts';
import { watchForReturn } from './return-watch.ts';

/** Calls back once the box answers again, whatever it answers: it is asked now and then. Answers with how to stop that. */
export function onceReachable(callback: () => void): () => void {
  const backoff = new Backoff(1_000, 4_000);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let over = false;
  const stop = (): void => {
    over = true;
    clearTimeout(timer);
    unwatch();
  };
  const ask = async (): Promise<void> => {
    if (asking || over) return;
    asking = true;
    const answered = await answers();
    asking = false;
    if (over) return;
    if (answered) {
      stop();
      callback();
    } else wait();
  };
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), backoff.nextMs());
  };
  const unwatch = watchForReturn(() => void ask());
  wait();
  return stop;
}

async function answers(): Promise<boolean> {
  try {
    await send('/api/sign-in', { signal: AbortSignal.timeout(3_000) });
    return true;
  } catch (error) {
    return asLinkError(error).code !== 'box_unreachable';
  }
}
