import { visitorQuestion, type VisitorQuestion } from '../../../appliance/protocol/questions.ts';
import { parseAnswer } from '../messages.ts';
import { send, tell } from '../request.ts';

/** A visitor's own questions. `token`: of their join. */
interface Visit {
  readonly tour: string;
  readonly token: string;
}

const pathOf = (tour: string): string => `/api/visits/${encodeURIComponent(tour)}/questions`;

/** `urgent`: who asks is lost, or needs help. @throws LinkError why the box does not take it. */
export async function askQuestion(
  { tour, token }: Visit,
  question: { readonly text: string; readonly urgent?: boolean },
): Promise<VisitorQuestion> {
  const response = await send(pathOf(tour), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(question),
  });
  return parseAnswer(visitorQuestion, await response.json());
}

export const withdrawQuestion = ({ tour, token }: Visit, id: string): Promise<void> =>
  tell('DELETE', `${pathOf(tour)}/${encodeURIComponent(id)}`, undefined, {
    authorization: `Bearer ${token}`,
  });
