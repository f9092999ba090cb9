import type { AttendeeEvent, AttendeeMessage } from '../../protocol/events.ts';
import type { DeskQuestion, VisitorQuestion } from '../../protocol/questions.ts';
import type { Question } from '../../question/question.ts';
import type { QuestionNews } from '../../question/question-news.ts';
import type { TourQuestions } from '../../question/tour-questions.ts';
import type { AttendeePage, AttendeeSide, DeskPage, DeskSide, OpenSide } from './side.ts';

/** Those of a tour; undefined: the tour has gone meanwhile. */
type OfTour = { of(tour: string): TourQuestions | undefined };

const NOTHING = { show: () => undefined, take: () => false, close: () => undefined };

interface Written {
  readonly revision: number;
  readonly texts: Map<string, string>;
}

/** As JSON, for all who read it in one language and have voted alike: written once for each state of a question. */
const written = new WeakMap<Question, Written>();

function textOf(question: Question, key: string, event: () => AttendeeEvent): string {
  const known = written.get(question);
  const { revision } = question;
  const now: Written = known?.revision === revision ? known : { revision, texts: new Map() };
  written.set(question, now);
  const text = now.texts.get(key) ?? JSON.stringify(event());
  now.texts.set(key, text);
  return text;
}

/** What a visitor's page is told of questions: their own, and those that are shown. It may vote. */
export function attendeeQuestions(questions: OfTour): AttendeeSide {
  return {
    open: (page) => {
      const ofTour = questions.of(page.tour.record.id);
      return ofTour ? openAttendee(page, ofTour) : NOTHING;
    },
  };
}

function openAttendee(page: AttendeePage, questions: TourQuestions): OpenSide<AttendeeMessage> {
  const { attendee } = page;
  /** Which the page shows. */
  const told = new Set<string>();

  const viewOf = (question: Question): VisitorQuestion | undefined =>
    questions.viewOf(question, attendee, page.language());

  const gone = (id: string): string => {
    told.delete(id);
    return JSON.stringify({ type: 'question-gone', id } satisfies AttendeeEvent);
  };

  /** As it is when it is sent: whoever reads slowly reads the newest. */
  const write = (id: string): string => {
    const question = questions.find(id);
    const view = question && viewOf(question);
    if (!view) return gone(id);
    told.add(id);
    const event = (): AttendeeEvent => ({ type: 'question', question: view });
    if (view.mine) return JSON.stringify(event());
    return textOf(question, `${page.language()} ${view.voted}`, event);
  };

  const isShown = (question: Question): boolean => {
    const view = viewOf(question);
    return (
      view !== undefined && (view.mine || told.has(view.id) || questions.isReady(question, page.language()))
    );
  };

  const tell = (id: string): void => {
    const question = questions.find(id);
    if (told.has(id) || (question && isShown(question))) page.post(() => write(id), `question ${id}`);
  };

  const show = (): void => {
    questions.reads(page.language());
    page.post(() => {
      told.clear();
      const visible = questions.visibleTo(attendee).flatMap((question) => viewOf(question) ?? []);
      for (const { id } of visible) told.add(id);
      return JSON.stringify({ type: 'questions', questions: visible } satisfies AttendeeEvent);
    }, 'questions');
  };

  const unsubscribe = questions.subscribe((news) => {
    if (news === 'all') show();
    else for (const id of news) tell(id);
  });

  return {
    show,
    take: (message) => {
      if (message.type !== 'vote') return false;
      questions.vote(attendee, message.question, message.on);
      // Others learn the count a little later, together with further ones.
      tell(message.question);
      return true;
    },
    close: unsubscribe,
  };
}

/** What a guide's desk is told of questions: all that have come to it, in the order in which they are read. */
export function deskQuestions(questions: OfTour): DeskSide {
  return {
    open: (page) => {
      const ofTour = questions.of(page.tour.record.id);
      return ofTour ? openDesk(page, ofTour) : NOTHING;
    },
  };
}

function openDesk(page: DeskPage, questions: TourQuestions): OpenSide<unknown> {
  /** As the page has them. */
  let order: string[] = [];

  const showAll = (all: readonly DeskQuestion[]): void => {
    order = all.map(({ id }) => id);
    page.send({ type: 'questions', questions: [...all] }, 'questions');
  };

  const tell = (news: Exclude<QuestionNews, 'all'>): void => {
    const all = questions.deskView();
    const ids = all.map(({ id }) => id);
    // Of several that have changed places, one after the other could not tell where each stands at last.
    if (news.size > 1 && isOtherOrder(order, ids)) return showAll(all);
    for (const id of news) {
      const rank = ids.indexOf(id);
      const question = all[rank];
      if (question) page.send({ type: 'question', question, rank }, `question ${id}`);
      else if (order.includes(id)) page.send({ type: 'question-gone', id }, `question ${id}`);
    }
    order = ids;
  };

  const unsubscribe = questions.subscribe((news) => {
    if (news === 'all') showAll(questions.deskView());
    else tell(news);
  });

  return { show: () => showAll(questions.deskView()), take: () => false, close: unsubscribe };
}

/** Whether those that are in both stand one after the other in another way. */
function isOtherOrder(before: readonly string[], now: readonly string[]): boolean {
  const [had, has] = [new Set(before), new Set(now)];
  const left = before.filter((id) => has.has(id));
  return now.filter((id) => had.has(id)).some((id, at) => id !== left[at]);
}
