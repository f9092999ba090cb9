import type { InterpreterCaption, InterpreterOutput, InterpreterState } from '../interpreter.ts';

/** What one rung's interpreter says in its turn: kept back until those before it have said their last words. */
export class Turn implements InterpreterOutput {
  private readonly output: InterpreterOutput;
  private readonly name: number;
  private readonly listen: (state: InterpreterState) => void;
  private kept: (() => void)[] | undefined = [];
  private over = false;

  /** `name`: tells its captions from those of other turns. */
  constructor({
    output,
    name,
    onState,
  }: {
    output: InterpreterOutput;
    name: number;
    onState: (state: InterpreterState) => void;
  }) {
    this.output = output;
    this.name = name;
    this.listen = onState;
  }

  onSpeech(samples: Int16Array): void {
    this.say(() => this.output.onSpeech(samples));
  }

  onCaption(caption: InterpreterCaption): void {
    this.say(() => this.output.onCaption(this.named(caption)));
  }

  onSourceCaption(caption: InterpreterCaption): void {
    this.say(() => this.output.onSourceCaption(this.named(caption)));
  }

  onState(state: InterpreterState): void {
    if (!this.over) this.listen(state);
  }

  /** What is paid is paid, in turn or not. */
  onSpent(usd: number): void {
    this.output.onSpent?.(usd);
  }

  onSent(): void {
    if (!this.over) this.output.onSent?.();
  }

  begin(): void {
    const kept = this.kept ?? [];
    this.kept = undefined;
    for (const say of kept) say();
  }

  end(): void {
    this.over = true;
    this.kept = undefined;
  }

  private say(words: () => void): void {
    if (this.over) return;
    if (this.kept) this.kept.push(words);
    else words();
  }

  private named(caption: InterpreterCaption): InterpreterCaption {
    return { ...caption, id: `${this.name}.${caption.id}` };
  }
}
