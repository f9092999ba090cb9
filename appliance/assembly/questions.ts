import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { counter } from '../health/metrics.ts';
import { attendeeQuestions, deskQuestions } from '../http/events/questions-side.ts';
import { questionRoutes } from '../http/routes/questions.ts';
import type { Log } from '../log.ts';
import type { Announce } from '../question/answering.ts';
import { questionsLine } from '../question/journal.ts';
import { Questions } from '../question/questions.ts';
import { QuestionStore } from '../question/question-store.ts';
import { LineFolder } from '../storage/line-folder.ts';
import type { Settings } from '../settings.ts';
import type { Translator } from '../translator/translator.ts';
import type { Part } from './part.ts';
import { translatingFor } from './texts.ts';
import type { ToursPart } from './tours.ts';
import type { TranscriptsPart } from './transcripts.ts';

export interface QuestionsPart extends Part {
  readonly questions: Questions;
}

interface WhatQuestionsNeed {
  readonly settings: Settings;
  readonly log: Log;
  readonly clock: Clock;
  readonly tours: ToursPart;
  readonly transcripts: TranscriptsPart;
  readonly translator: Translator;
  readonly announce: Announce;
}

/** What visitors ask, and what becomes of it. Stops before the tours; what it keeps goes with the transcripts. */
export function questionsPart({
  settings,
  log,
  clock,
  tours: { tours },
  transcripts: { transcripts },
  translator,
  announce,
}: WhatQuestionsNeed): QuestionsPart {
  const folder = new LineFolder({
    directory: join(settings.data, 'questions'),
    schema: questionsLine,
    complaint: 'What visitors ask cannot be written down just now. Is the disk full?',
    log,
  });
  const store = new QuestionStore({ folder, isKept: (tour) => transcripts.keepDays(tour) > 0 });
  const now = (): number => clock.now();
  const questions = new Questions({ store, translating: translatingFor(translator), announce, now, log });
  tours.accompany(questions);
  transcripts.keepAlso(store, (tour) => questions.of(tour));
  return {
    name: 'questions',
    questions,
    stop: () => store.stop(),
    routes: questionRoutes({ questions, tours }),
    attendeeSide: attendeeQuestions(questions),
    deskSide: deskQuestions(questions),
    metrics: (registry) => {
      counter(registry, {
        name: 'ubizo_questions_total',
        help: 'Questions and votes of visitors, by how they came',
        label: 'how',
        read: () => questions.counts,
      });
    },
  };
}
