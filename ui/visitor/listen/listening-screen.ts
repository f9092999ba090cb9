import { html, nothing } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import '../../captions/caption-stream.ts';
import '../captions/announce-switch.ts';
import type { Announcements } from '../captions/announcements.ts';
import type { TextSize } from '../captions/text-size.ts';
import '../check/check-door.ts';
import type { PhoneParts } from '../check/look-at-phone.ts';
import '../choose-language/language-sheet.ts';
import type { Visit } from '../visit/visit.ts';
import './listen-bar.ts';
import './listen-notices.ts';
import './tour-strip.ts';
import { beforeTheFirstWords, madeByAi } from './what-you-hear.ts';

/** What stands on the page while someone listens or reads, has stopped, or has heard the end. */
export function listeningScreen({
  visit,
  textSize,
  announcements,
  openLanguages,
}: {
  visit: Visit;
  textSize: TextSize;
  announcements: Announcements;
  openLanguages: () => void;
}) {
  const { tour, language, captions, listening, quality, conversing } = visit;
  const { reading } = listening;
  const heard = { tour: tour.view, language: language.chosen, reading };
  const on = listening.on || reading;
  const over = heard.tour?.state === 'ended';
  return html`
    <ubizo-tour-strip
      .tour=${heard.tour}
      .language=${heard.language}
      .connection=${listening.connection}
      .mark=${quality.mark}
      .voice=${conversing.floorWords(!reading && madeByAi(heard))}
      ?reading=${reading}
    ></ubizo-tour-strip>
    <ubizo-listen-notices
      .tour=${heard.tour}
      .language=${heard.language}
      .connection=${listening.connection}
      .cause=${listening.reception.cause}
      .problem=${listening.state.problem}
      ?reading=${reading}
      .takenAway=${language.takenAway}
      ?held=${listening.sound.held}
      @sound-resume=${() => listening.sound.resume()}
    ></ubizo-listen-notices>
    ${
      reading
        ? html`<ubizo-announce-switch
            ?on=${announcements.on}
            @announce=${(event: CustomEvent<boolean>) => announcements.switch(event.detail)}
          ></ubizo-announce-switch>`
        : nothing
    }
    ${
      over
        ? farewell(visit)
        : html`<div class="beside">
            ${listening.on ? face(visit) : nothing}
            <ubizo-check-door .parts=${() => phoneOf(visit)}></ubizo-check-door>
          </div>`
    }
    ${over ? nothing : conversing.draw('aboveCaptions')}
    <ubizo-sound-advice .mark=${quality.mark}></ubizo-sound-advice>
    <ubizo-caption-stream
      style=${styleMap({ '--caption-size': `${textSize.rem}rem` })}
      .lines=${captions.lines}
      .emptyText=${beforeTheFirstWords(heard, on)}
      ?announce=${reading && announcements.on}
    ></ubizo-caption-stream>
    <footer>
      ${on && !over ? html`<div class="talk">${conversing.draw('talkBar')}</div>` : nothing}
      <ubizo-listen-bar
        .language=${heard.language}
        ?on=${on}
        ?over=${over}
        .canGrow=${textSize.canChange(1)}
        .canShrink=${textSize.canChange(-1)}
        @open-languages=${openLanguages}
        @text-size=${(event: CustomEvent<1 | -1>) => textSize.change(event.detail)}
        @stop=${() => listening.stop()}
      ></ubizo-listen-bar>
    </footer>
    <ubizo-language-sheet
      .tour=${heard.tour}
      .language=${heard.language}
      .first=${language.proposed}
    ></ubizo-language-sheet>
    ${over ? nothing : conversing.draw('sheets')}
  `;
}

/** None where what is heard cannot be looked at. */
function face({ tour, language, listening, quality }: Visit) {
  const { heard, reception } = listening;
  if (reception.otherWay && !heard) return nothing;
  return html`<ubizo-voice-face
    .sound=${heard}
    .tour=${tour.view}
    .language=${language.chosen}
    .voice=${tour.voice}
    ?sparing=${quality.sparing}
  ></ubizo-voice-face>`;
}

/** What there is to look at when something is wrong with the sound. */
function phoneOf({ tour, joining, listening }: Visit): PhoneParts | undefined {
  if (!tour.view) return undefined;
  return {
    tour: tour.view.id,
    token: () => joining.token(),
    endpoint: () => joining.endpoint(false),
    ...listening.phone(),
  };
}

function farewell({ captions, tour, language, joining }: Visit) {
  return html`<ubizo-farewell-card
    ?words=${captions.lines.length > 0}
    .tour=${tour.view}
    .language=${language.chosen}
    .token=${() => joining.token()}
  ></ubizo-farewell-card>`;
}
