import type { AttendeePass, Tokens } from '../../account/tokens.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { namedLanguage } from '../../protocol/languages.ts';
import type { SoundMessages } from '../../stream/sound-messages.ts';
import type { Streams } from '../../stream/streams.ts';
import type { Tour } from '../../tour/tour.ts';
import type { Tours } from '../../tour/tours.ts';
import { expectTheirTour } from '../access.ts';
import type { SocketRoute } from '../socket-route.ts';
import { SoundOut } from './sound-out.ts';

export interface SoundSocketParts {
  readonly tours: Tours;
  readonly tokens: Tokens;
  readonly streams: Streams;
  readonly messages: SoundMessages;
}

/** A tour's sound as Opus frames on a WebSocket, for phones that no UDP reaches. */
export function soundSocket({ tours, tokens, streams, messages }: SoundSocketParts): SocketRoute {
  return {
    name: 'sound',
    who: 'attendee',
    prepare: async (_, url, id) => {
      const who = await tokens.verify('attendee', url.searchParams.get('token') ?? '');
      expectTheirTour(who, id);
      const tour = tours.get(id);
      // A phone's check of whether a socket passes: nobody listens, nothing is opened for them, and it is over at once.
      if (url.searchParams.has('trial')) return ({ socket }) => socket.close(1000);
      const attendee = admit(tour, who, url);
      streams.expectRoom(attendee.id);
      return (opened) => {
        tour.attendance.expectWelcome(attendee.id);
        const out = new SoundOut(opened);
        const stream = streams.open({
          tour: id,
          attendee: attendee.id,
          way: 'socket',
          channel: tour.channel(attendee.language),
          listen: (channel) => {
            out.send(JSON.stringify({ type: 'sound', language: channel.language }));
            return messages.listen(channel, (message) => out.send(message));
          },
          onClose: () => out.close(),
        });
        out.start(() => streams.close(stream));
        opened.socket.on('message', () => opened.socket.close(1008, 'this socket is for listening'));
      };
    },
  };
}

/** @throws UbizoError `tour_over`, `attendee_removed`. */
function admit(
  tour: Tour,
  { id, name, ...pass }: Pick<AttendeePass, 'id' | 'language' | 'name'>,
  url: URL,
): ReturnType<Tour['admit']> {
  if (tour.record.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
  const language = namedLanguage(url.searchParams.get('language')) ?? pass.language;
  return tour.admit({ id, language, name });
}
