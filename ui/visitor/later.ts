/** What nobody needs to hear the first word. */
import '../elements/sheet.ts';
import './face/voice-face.ts';
import './farewell/farewell-card.ts';

import './quality/sound-advice.ts';
import './quality/sound-mark.ts';

import { laterTexts } from '../texts/later-texts.ts';
import { provideMore } from '../texts/locale.ts';

export { FirstSound } from './listen/first-sound.ts';
export { clearLockScreen, showOnLockScreen } from './listen/media-session.ts';
// It may stand before its words do: they replace the English ones.
void provideMore(laterTexts).catch(() => undefined);

export { type HeardSound, ofPeer } from './quality/sound-looks.ts';
export { SoundReports } from './quality/sound-reports.ts';
