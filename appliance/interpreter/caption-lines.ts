import { randomUUID } from 'node:crypto';
import { primarySubtag } from '../protocol/languages.ts';
import type { InterpreterCaption } from './interpreter.ts';
import { longLineEnd, sentenceEnd } from './sentence-end.ts';

const QUIET_MS = 2_500;
const MAX_LENGTH = 140;

/**
 * Cuts a model's append-only text into caption lines: at the end of a sentence, after a while without new text,
 * or when a line grows too long to read. A line keeps its `id` while it grows; once final it never changes.
 */
export class CaptionLines {
  private readonly deliver: (caption: InterpreterCaption) => void;
  private readonly language: string;
  private readonly quietMs: number;
  private readonly maxLength: number;
  /** Unique beyond this object, so that a restarted interpreter does not reuse its predecessor's ids. */
  private readonly name = randomUUID().slice(0, 8);
  private count = 0;
  private text = '';
  private quiet: NodeJS.Timeout | undefined;

  /** `language`: BCP 47; where a sentence ends depends on it. `quietMs`: silence after which a line is final. `maxLength`: in characters (UTF-16 units). */
  constructor({
    deliver,
    language,
    quietMs = QUIET_MS,
    maxLength = MAX_LENGTH,
  }: {
    deliver: (caption: InterpreterCaption) => void;
    language: string;
    quietMs?: number;
    maxLength?: number;
  }) {
    this.deliver = deliver;
    this.language = primarySubtag(language);
    this.quietMs = quietMs;
    this.maxLength = maxLength;
  }

  /** Adds text exactly as the model sent it, its own spaces included. */
  append(delta: string): void {
    if (delta.length === 0) return;
    this.text += delta;
    for (let end = this.nextEnd(); end > 0; end = this.nextEnd()) {
      const line = this.text.slice(0, end);
      this.text = this.text.slice(end);
      this.finish(line);
    }
    const draft = this.text.trim();
    if (draft.length > 0) this.deliver({ id: this.id(), text: draft, final: false });
    if (this.quiet) this.quiet.refresh();
    else this.quiet = setTimeout(() => this.flush(), this.quietMs);
  }

  /** Makes the line under way final: nothing more belongs to it. */
  flush(): void {
    clearTimeout(this.quiet);
    this.quiet = undefined;
    const line = this.text;
    this.text = '';
    this.finish(line);
  }

  private nextEnd(): number {
    const end = sentenceEnd(this.text, this.language);
    if (end > 0 && end <= this.maxLength) return end;
    return this.text.trimEnd().length > this.maxLength ? longLineEnd(this.text, this.maxLength) : end;
  }

  private finish(line: string): void {
    const text = line.trim();
    if (text.length === 0) return;
    this.deliver({ id: this.id(), text, final: true });
    this.count++;
  }

  private id(): string {
    return `${this.name}-${this.count}`;
  }
}
