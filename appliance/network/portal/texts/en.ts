import type { PortalTexts } from './portal-texts.ts';

export const en: PortalTexts = {
  language: 'Language of this page',
  welcome: 'Welcome to the tour',
  lines: [
    'Hear your guide in your own language, on this phone.',
    'No app, no account. This Wi-Fi has no Internet.',
    'Tap Continue, then open the tour in your browser.',
  ],
  toStay: 'To stay connected',
  stay: {
    ios: 'After Continue, tap “Done” at the top. If you are asked, choose “Use Without Internet”.',
    macos: 'After Continue, click “Done”. Keep this Wi-Fi although it has no Internet.',
    android:
      'If your phone says that there is no Internet, choose to stay connected. If the tour does not open, turn mobile data off.',
    windows: 'Keep this Wi-Fi, even if Windows says “No Internet”.',
    linux: 'Keep this Wi-Fi, even if your system says that there is no Internet.',
    other: 'Keep this Wi-Fi, even if your device says that there is no Internet.',
  },
  continue: 'Continue',
  connected: 'You are connected',
  leave: {
    ios: 'Tap “Done” at the top, open Safari and enter this address:',
    other: 'Close this window, open your browser and enter this address:',
  },
  open: 'Open the tour',
  address: 'The address of the tour:',
  scan: 'Others in this Wi-Fi can scan this code.',
};
