import type { PortalTexts } from './portal-texts.ts';

export const fr: PortalTexts = {
  language: 'Langue de cette page',
  welcome: 'Bienvenue dans la visite',
  lines: [
    'Écoutez votre guide dans votre langue, sur ce téléphone.',
    'Sans application ni compte. Ce Wi-Fi n’a pas Internet.',
    'Touchez Continuer, puis ouvrez la visite dans votre navigateur.',
  ],
  toStay: 'Pour rester connecté',
  stay: {
    ios: 'Après Continuer, touchez « OK » ou « Terminé » en haut. Si l’iPhone le demande, choisissez « Utiliser sans Internet ».',
    macos: 'Après Continuer, cliquez sur « OK » ou « Terminé ». Gardez ce Wi-Fi même s’il n’a pas Internet.',
    android:
      'Si le téléphone dit qu’il n’y a pas Internet, choisissez de rester connecté. Si la visite ne s’ouvre pas, coupez les données mobiles.',
    windows: 'Gardez ce Wi-Fi, même si Windows affiche « Pas d’Internet ».',
    linux: 'Gardez ce Wi-Fi, même si le système dit qu’il n’y a pas Internet.',
    other: 'Gardez ce Wi-Fi, même si votre appareil dit qu’il n’y a pas Internet.',
  },
  continue: 'Continuer',
  connected: 'Connexion établie',
  leave: {
    ios: 'Touchez « OK » ou « Terminé » en haut, ouvrez Safari et saisissez cette adresse :',
    other: 'Fermez cette fenêtre, ouvrez votre navigateur et saisissez cette adresse :',
  },
  open: 'Ouvrir la visite',
  address: 'L’adresse de la visite :',
  scan: 'Les autres personnes sur ce Wi-Fi peuvent scanner ce code.',
};
