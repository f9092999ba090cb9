import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { GuideEvent } from '../../../../appliance/protocol/guide-events.ts';
import type { DeskQuestion } from '../../../../appliance/protocol/questions.ts';
import type { EventSource } from '../../../link/handlers.ts';
import { arranged, groupOf, inPlace, ranked, textDiffers, type QuestionRow } from './arrangement.ts';

/** So often at most the rows are made anew, ms: votes come by the dozen. */
const SHOW_EVERY_MS = 100;

export interface QuestionsParts {
  readonly socket: EventSource<GuideEvent>;
  /** Somebody has just asked. */
  readonly onNew: () => void;
}

/**
 * What visitors have asked, as the box ranks it and as it stands on the screen. While the panel is touched nothing on it
 * moves: what is new waits, what goes leaves its place.
 */
export class Questions implements ReactiveController {
  /** As they are on the screen. */
  rows: readonly QuestionRow[] = [];
  private readonly host: ReactiveControllerHost;
  private ranked: readonly DeskQuestion[] = [];
  private known = false;
  private touched = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, { socket, onNew }: QuestionsParts) {
    this.host = host;
    socket.on('questions', ({ questions }) => {
      const ids = new Set(this.ranked.map(({ id }) => id));
      // After a lost connection: what was asked meanwhile. The first of all are told of by being there.
      if (this.known && questions.some(({ id, state }) => state === 'pending' && !ids.has(id))) onNew();
      this.ranked = questions;
      if (this.known) this.showSoon();
      else this.show();
      this.known = true;
    });
    socket.on('question', ({ question, rank }) => {
      const isNew = this.ranked.every(({ id }) => id !== question.id);
      this.ranked = ranked(this.ranked, question, rank);
      this.showSoon();
      if (isNew && groupOf(question) === 'now') onNew();
    });
    socket.on('question-gone', ({ id }) => {
      this.ranked = this.ranked.filter((each) => each.id !== id);
      this.showSoon();
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** How many wait for the guide. */
  get open(): number {
    return this.ranked.filter((each) => groupOf(each) === 'now' && each.state !== 'answering').length;
  }

  /** How many are not on the screen yet. */
  get news(): number {
    const shown = new Set(this.rows.map(({ question }) => question.id));
    return this.ranked.filter(({ id }) => !shown.has(id)).length;
  }

  /** Whether texts have come that the screen does not show, as they may be higher. */
  get textsWait(): boolean {
    const now = new Map(this.ranked.map((question) => [question.id, question]));
    return this.rows.some(({ question }) => {
      const latest = now.get(question.id);
      return latest !== undefined && textDiffers(latest, question);
    });
  }

  readonly find = (id: string): DeskQuestion | undefined =>
    this.ranked.find((question) => question.id === id);

  /** Another tour is on the desk. */
  forget(): void {
    this.ranked = [];
    this.rows = [];
    this.known = false;
    this.host.requestUpdate();
  }

  touch(touched: boolean): void {
    if (this.touched === touched) return;
    this.touched = touched;
    this.show();
  }

  /** All as it is now, although the panel is touched: the guide has asked for it. */
  letIn(): void {
    this.rows = arranged(this.ranked);
    this.host.requestUpdate();
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => this.show(), SHOW_EVERY_MS);
  }

  private show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const keeps = this.touched && this.rows.length > 0;
    this.rows = keeps ? inPlace(this.rows, this.ranked) : arranged(this.ranked);
    this.host.requestUpdate();
  }
}
