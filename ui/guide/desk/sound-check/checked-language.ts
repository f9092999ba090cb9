import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { directionOf, languageName } from '../../../../appliance/protocol/languages.ts';
import type { CheckedLanguageView } from '../../../../appliance/protocol/sound-check.ts';
import '../../../elements/notice.ts';
import { chevronIcon, listenIcon, stopIcon } from '../../../elements/icons.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { guideProblemWords } from '../../problem-words.ts';
import type { ListeningIn } from './listening-in.ts';
import { stageWords, verdictWords } from './sound-check-words.ts';

/** What became of one language, a row of the list. */
export function checkedLanguage(checked: CheckedLanguageView, listening: ListeningIn): TemplateResult {
  const { language, state, verdict, problem, text, stages, soundMs } = checked;
  const name = languageName(language, pageLanguage());
  const times = stageWords(stages);
  // The verdict says that already.
  const told = problem?.code === 'interpreter_language_unsupported' ? undefined : problem;
  return html`
    <li data-testid="checked-${language}">
      <div class="top">
        <h3 id="name-${language}">${name}</h3>
        ${state === 'done' && soundMs > 0 ? hearButton(language, listening) : nothing}
      </div>
      <p class="verdict ${verdict ?? 'soft'}">
        ${state === 'done' ? verdictWords(checked) : stateWords(state)}
      </p>
      ${told && state === 'done' ? html`<ubizo-notice tone="warn" .text=${guideProblemWords(told)}></ubizo-notice>` : nothing}
      ${text ? html`<p class="text" lang=${language} dir=${directionOf(language)}>${text}</p>` : nothing}
      ${
        state === 'done' && times.length > 0
          ? html`<details>
              <summary>${msg('Times')}<span class="unseen">: ${name}</span> ${chevronIcon}</summary>
              <dl>
                ${times.map(
                  (each) => html`
                    <dt>${each.name}</dt>
                    <dd>${each.time}</dd>
                  `,
                )}
              </dl>
            </details>`
          : nothing
      }
    </li>
  `;
}

function hearButton(language: string, listening: ListeningIn): TemplateResult {
  const playing = listening.playing === language;
  const act = (): void => (playing ? listening.stop() : listening.play(language));
  return html`<button
    id="hear-${language}"
    aria-labelledby="hear-${language} name-${language}"
    type="button"
    @click=${act}
  >
    ${playing ? stopIcon : listenIcon} ${playing ? msg('Stop') : msg('Hear it')}
  </button>`;
}

function stateWords(state: CheckedLanguageView['state']): string {
  return state === 'trying' ? msg('Being tried…') : msg('Waits for its turn');
}
