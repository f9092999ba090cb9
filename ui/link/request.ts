import { learnBoxTime } from './box-clock.ts';
import { callUnderWay } from './head-start.ts';
import { parseAnswer, parseProblem, type Schema } from './messages.ts';
import { LinkError } from './problem.ts';

/** On a LAN an answer takes milliseconds; after this the box is out of reach and the page says so. */
const PATIENCE_MS = 10_000;

/** `fetch` that throws only {@link LinkError}s: no answer at all, or the box's own problem. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  const known = renewals;
  const response = await fetchOnce(path, init);
  if (response.ok) return response;
  const problem = await problemOf(response);
  // A sign-in goes on for weeks, but what shows it to the box for minutes only.
  if (problem.code !== 'not_signed_in') throw problem;
  // Renewed while this request was on its way: it only has to be repeated.
  if (renewals === known && !(await renewSignIn())) throw problem;
  const again = await fetchOnce(path, init);
  if (again.ok) return again;
  throw await problemOf(again);
}

let renewing: Promise<boolean> | undefined;
let renewals = 0;

/** Whether the sign-in goes on. Asked once for all who wait for it: the refresh token is good for one call. */
export function renewSignIn(): Promise<boolean> {
  renewing ??= renew().finally(() => (renewing = undefined));
  return renewing;
}

async function renew(): Promise<boolean> {
  const response = await fetchOnce('/api/sign-in/refresh', { method: 'POST' });
  if (response.ok) {
    renewals += 1;
    return true;
  }
  const problem = await problemOf(response);
  if (problem.code === 'storage_failed' || problem.code === 'internal') throw problem;
  return false;
}

async function fetchOnce(path: string, init: RequestInit): Promise<Response> {
  try {
    const underWay = callUnderWay(path, init.body);
    const response = await (underWay ?? fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS), ...init }));
    learnBoxTime(response.headers.get('date'));
    return response;
  } catch (cause) {
    throw new LinkError('box_unreachable', 'The box does not answer.', { cause });
  }
}

const problemOf = async (response: Response): Promise<LinkError> =>
  parseProblem(await bodyOf(response), response.status, response.headers.get('retry-after'));

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function jsonInit(
  method: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): RequestInit {
  if (body === undefined) return { method, headers };
  return { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A call whose answer is read. `patienceMs`: for what the box itself needs longer for. */
export async function ask<T>(
  schema: Schema<T>,
  method: string,
  path: string,
  body?: unknown,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<T> {
  const response = await send(path, {
    ...jsonInit(method, body),
    signal: AbortSignal.timeout(patienceMs),
  });
  return parseAnswer(schema, await bodyOf(response));
}

/** A call whose success says everything. */
export async function tell(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<void> {
  await send(path, jsonInit(method, body, headers));
}
