import type { PortalTexts } from './portal-texts.ts';

export const de: PortalTexts = {
  language: 'Sprache dieser Seite',
  welcome: 'Willkommen zur Führung',
  lines: [
    'Hören Sie die Führung in Ihrer Sprache, auf diesem Telefon.',
    'Ohne App und Konto. Dieses WLAN hat kein Internet.',
    'Tippen Sie auf Weiter, dann öffnen Sie die Führung im Browser.',
  ],
  toStay: 'So bleiben Sie verbunden',
  stay: {
    ios: 'Nach Weiter oben auf „Fertig“ tippen. Falls gefragt wird: „Ohne Internet verwenden“ wählen.',
    macos: 'Nach Weiter auf „Fertig“ klicken. In diesem WLAN bleiben, auch wenn es kein Internet hat.',
    android:
      'Meldet das Telefon, dass es kein Internet gibt, wählen Sie, verbunden zu bleiben. Öffnet sich die Führung nicht, schalten Sie mobile Daten aus.',
    windows: 'Bleiben Sie in diesem WLAN, auch wenn Windows „Kein Internet“ meldet.',
    linux: 'Bleiben Sie in diesem WLAN, auch wenn Ihr System kein Internet meldet.',
    other: 'Bleiben Sie in diesem WLAN, auch wenn Ihr Gerät kein Internet meldet.',
  },
  continue: 'Weiter',
  connected: 'Sie sind verbunden',
  leave: {
    ios: 'Tippen Sie oben auf „Fertig“, öffnen Sie Safari und geben Sie diese Adresse ein:',
    other: 'Schließen Sie dieses Fenster, öffnen Sie den Browser und geben Sie diese Adresse ein:',
  },
  open: 'Führung öffnen',
  address: 'Die Adresse der Führung:',
  scan: 'Andere in diesem WLAN können diesen Code scannen.',
};
