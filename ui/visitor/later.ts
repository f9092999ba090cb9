/** What nobody needs to hear the first word. */
import '../elements/sheet.ts';
import './face/voice-face.ts';
import './farewell/farewell-card.ts';
import './too-fast/too-fast-button.ts';

import './quality/sound-advice.ts';
import './quality/sound-mark.ts';

export { FirstSound } from './listen/first-sound.ts';
export { clearLockScreen, showOnLockScreen } from './listen/media-session.ts';
export { SoundReports } from './quality/sound-reports.ts';
