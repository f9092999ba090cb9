import type { PublishingTokens } from '../../account/publishing-tokens.ts';
import type { PublishingTokenAnswer, PublishingTokenView } from '../../protocol/requests.ts';
import { parameter, type Route } from '../route.ts';

const PATH = '/api/tours/:id/publishing-token';

/** The guide lets an encoder be the microphone: its token is shown once, and can be taken back. */
export function publishingTokenRoutes({
  publishingTokens: tokens,
}: {
  publishingTokens: PublishingTokens;
}): Route[] {
  return [
    {
      method: 'GET',
      path: PATH,
      who: 'guide',
      handle: (context) => {
        const createdAt = tokens.since(parameter(context, 'id'));
        const view: PublishingTokenView = createdAt === undefined ? {} : { createdAt };
        context.body = view;
      },
    },
    {
      method: 'POST',
      path: PATH,
      who: 'guide',
      handle: async (context, { account }) => {
        const id = parameter(context, 'id');
        const token = await tokens.make(id, account?.id);
        const answer: PublishingTokenAnswer = {
          token,
          whip: '/whip/floor',
          createdAt: tokens.since(id) ?? 0,
        };
        context.status = 201;
        context.body = answer;
      },
    },
    {
      method: 'DELETE',
      path: PATH,
      who: 'guide',
      handle: async (context) => {
        await tokens.revoke(parameter(context, 'id'));
        context.status = 204;
      },
    },
  ];
}
