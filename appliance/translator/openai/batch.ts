import type { Problem } from '../../protocol/errors.ts';
import type { EngineLine, EngineRequest } from '../engine.ts';
import type { SettledTerm } from '../glossary.ts';
import { costOf, readAnswer } from './answer.ts';
import { type Fault, faultOf } from './faults.ts';
import { keysOf, requestFor } from './prompt.ts';
import type { TextServer } from './text-server.ts';

/** What a server that answers nothing of use may be asked, beyond once for each line that was bad. */
const MOST_SPLITS = 12;

interface BatchParts {
  readonly model: string;
  readonly request: EngineRequest;
  readonly terms: readonly SettledTerm[];
  readonly server: TextServer;
  /** Why nobody is to ask the server any more. */
  readonly out: () => Problem | undefined;
  /** Only a person can mend it. */
  readonly onFinal: (problem: Problem) => void;
  readonly onAnswer: () => void;
}

/**
 * Some lines, asked for together. An answer of no use is asked for in two halves, a line that is no translation once more
 * alone; good ones are kept whatever becomes of the others.
 */
export class Batch {
  private readonly parts: BatchParts;
  private splits = 0;

  constructor(parts: BatchParts) {
    this.parts = parts;
  }

  /** One answer per line. Never rejects for what the server does. */
  async translate(lines: readonly string[]): Promise<readonly EngineLine[]> {
    const answer = await this.ask(lines);
    if ('reason' in answer) return lines.map(() => answer);
    if (answer.kind !== 'lines') return this.split(lines, answer.kind);
    const done: EngineLine[] = [];
    for (const [at, source] of lines.entries()) {
      const text = answer.lines[at] ?? '';
      const fault = this.faultOf(source, text);
      done.push(fault === undefined ? { text: text.trim() } : await this.again(source, fault));
    }
    return done;
  }

  private async split(lines: readonly string[], why: 'refused' | 'unusable'): Promise<readonly EngineLine[]> {
    const [only] = lines;
    if (lines.length === 1 && only !== undefined)
      return [why === 'refused' ? { reason: 'failed' } : await this.again(only)];
    if (++this.splits > MOST_SPLITS) return lines.map(() => ({ reason: 'failed' }));
    const half = Math.ceil(lines.length / 2);
    return [...(await this.translate(lines.slice(0, half))), ...(await this.translate(lines.slice(half)))];
  }

  private async again(source: string, fault?: Fault): Promise<EngineLine> {
    const answer = await this.ask([source], fault);
    if ('reason' in answer) return answer;
    const [text] = answer.kind === 'lines' ? answer.lines : [];
    return text === undefined || this.faultOf(source, text) !== undefined
      ? { reason: 'failed' }
      : { text: text.trim() };
  }

  private faultOf(source: string, text: string): Fault | undefined {
    const { request, terms } = this.parts;
    return faultOf({ source, text: text.trim(), from: request.from, to: request.to, terms });
  }

  private async ask(lines: readonly string[], fault?: Fault) {
    const { model, request, terms, server, onAnswer, onFinal } = this.parts;
    const problem = this.parts.out();
    if (problem) return { reason: 'failed' as const, problem };
    const { to, context, author, signal } = request;
    const body = requestFor({ model, lines, to, terms, context, author, fault });
    const reply = await server.ask(body, signal);
    if (reply.kind === 'cancelled') return { reason: 'cancelled' as const };
    if (reply.kind === 'objected') return { kind: 'unusable' as const };
    if (reply.kind === 'failed') {
      if (reply.failure.final) onFinal(reply.failure.problem);
      return { reason: 'failed' as const, problem: reply.failure.problem };
    }
    onAnswer();
    request.onSpent?.(costOf(model, reply.response));
    return readAnswer(reply.response, keysOf(lines));
  }
}
