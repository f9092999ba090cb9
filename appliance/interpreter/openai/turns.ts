import { CaptionLines } from '../caption-lines.ts';
import type { InterpreterOutput } from '../interpreter.ts';
import type { SessionOutput } from './dialect.ts';
import type { Session } from './session.ts';

interface Turn {
  readonly session: Session;
  readonly held: SessionOutput[];
  over: boolean;
}

/**
 * Sessions speak in the order in which they were given the floor: what a later one says is held until every
 * earlier one is through, so that a handover changes no word's place.
 */
export class Turns {
  private readonly output: InterpreterOutput;
  private readonly lines: CaptionLines;
  private readonly sourceLines: CaptionLines;
  private readonly turns: Turn[] = [];
  private sourceIsCaptioned: boolean;

  constructor({
    output,
    from,
    to,
    captionSource,
    quietMs,
  }: {
    output: InterpreterOutput;
    from: string;
    to: string;
    captionSource: boolean;
    quietMs: number;
  }) {
    this.output = output;
    this.sourceIsCaptioned = captionSource;
    this.lines = new CaptionLines({
      deliver: (caption) => output.onCaption(caption),
      language: to,
      quietMs,
    });
    this.sourceLines = new CaptionLines({
      deliver: (caption) => output.onSourceCaption(caption),
      language: from,
      quietMs,
    });
  }

  captionSource(on: boolean): void {
    this.sourceIsCaptioned = on;
    if (!on) this.sourceLines.flush();
  }

  /** Puts `session` behind all who still speak. */
  add(session: Session): void {
    this.turns.push({ session, held: [], over: false });
  }

  receive(session: Session, output: SessionOutput): void {
    const turn = this.turns.find((turn) => turn.session === session);
    if (!turn) return;
    if (turn === this.turns[0]) this.deliver(output);
    else turn.held.push(output);
  }

  /** `session` says nothing more. */
  end(session: Session): void {
    const turn = this.turns.find((turn) => turn.session === session);
    if (!turn) return;
    turn.over = true;
    while (this.turns[0]?.over) {
      this.turns.shift();
      this.flush();
      for (const output of this.turns[0]?.held.splice(0) ?? []) this.deliver(output);
    }
  }

  /** Takes back what sessions behind `session` have said: it will be said again. */
  discardAfter(session: Session): void {
    const at = this.turns.findIndex((turn) => turn.session === session);
    if (at >= 0) this.turns.length = at + 1;
  }

  /** Makes the lines under way final. */
  flush(): void {
    this.lines.flush();
    this.sourceLines.flush();
  }

  private deliver(output: SessionOutput): void {
    switch (output.kind) {
      case 'speech':
        if (output.samples.length > 0) this.output.onSpeech(output.samples);
        return;
      case 'words':
        this.lines.append(output.delta);
        return;
      case 'words-end':
        this.lines.append(output.rest);
        this.lines.flush();
        return;
      case 'source-words':
        if (this.sourceIsCaptioned) this.sourceLines.append(output.delta);
        return;
      case 'source-words-end':
        if (this.sourceIsCaptioned) this.sourceLines.append(output.rest);
        this.sourceLines.flush();
    }
  }
}
