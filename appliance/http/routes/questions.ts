import { mergeRequest, questionRequest, replyRequest } from '../../protocol/questions.ts';
import { UbizoError } from '../../protocol/errors.ts';
import type { TourQuestions } from '../../question/tour-questions.ts';
import type { Questions } from '../../question/questions.ts';
import type { Tours } from '../../tour/tours.ts';
import { readJson } from '../bodies.ts';
import { parameter, type Route } from '../route.ts';

/** What a guide does with a question that takes no more words. */
const ACTS = ['show', 'hide', 'restore', 'answer', 'done', 'later', 'seen', 'block', 'unblock'] as const;

/** What visitors ask in writing, and what the guide does with it. Both hear of it over their events. */
export function questionRoutes({
  questions,
  tours,
}: {
  questions: Pick<Questions, 'of'>;
  tours: Pick<Tours, 'get'>;
}): Route[] {
  const ofTour = (id: string): TourQuestions => {
    const found = questions.of(id);
    if (!found) throw new UbizoError('tour_not_found', 'There is no such tour on this box.');
    return found;
  };

  const act = (name: (typeof ACTS)[number]): Route => ({
    method: 'POST',
    path: `/api/tours/:id/questions/:question/${name}`,
    who: 'guide',
    handle: (context) => {
      ofTour(parameter(context, 'id')).guide[name](parameter(context, 'question'));
      context.status = 204;
    },
  });

  return [
    {
      method: 'POST',
      path: '/api/visits/:tour/questions',
      who: 'attendee',
      handle: async (context, who) => {
        const tour = tours.get(parameter(context, 'tour'));
        tour.attendance.expectWelcome(who.id);
        const { text, urgent = false } = await readJson(context.req, questionRequest);
        const { id: attendee, name } = who;
        const language = tour.attendance.get(attendee)?.language ?? who.language;
        const all = ofTour(tour.record.id);
        const question = await all.ask({ attendee, name, language, text, urgent });
        context.status = 201;
        context.body = all.viewOf(question, attendee, language);
      },
    },
    {
      method: 'DELETE',
      path: '/api/visits/:tour/questions/:question',
      who: 'attendee',
      handle: (context, who) => {
        const tour = tours.get(parameter(context, 'tour'));
        tour.attendance.expectWelcome(who.id);
        ofTour(tour.record.id).withdraw(who.id, parameter(context, 'question'));
        context.status = 204;
      },
    },
    {
      method: 'GET',
      path: '/api/tours/:id/questions',
      who: 'guide',
      handle: (context) => {
        context.body = { questions: ofTour(parameter(context, 'id')).deskView() };
      },
    },
    ...ACTS.map(act),
    {
      method: 'POST',
      path: '/api/tours/:id/questions/:question/reply',
      who: 'guide',
      handle: async (context) => {
        const { text } = await readJson(context.req, replyRequest);
        ofTour(parameter(context, 'id')).guide.reply(parameter(context, 'question'), text);
        context.status = 204;
      },
    },
    {
      method: 'POST',
      path: '/api/tours/:id/questions/:question/merge',
      who: 'guide',
      handle: async (context) => {
        const { into } = await readJson(context.req, mergeRequest);
        ofTour(parameter(context, 'id')).guide.merge(parameter(context, 'question'), into);
        context.status = 204;
      },
    },
  ];
}
