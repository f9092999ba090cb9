import type { PortalTexts } from './portal-texts.ts';

export const it: PortalTexts = {
  language: 'Lingua di questa pagina',
  welcome: 'Benvenuti alla visita',
  lines: [
    'Ascolti la guida nella sua lingua, su questo telefono.',
    'Niente app, niente account. Questo Wi-Fi è senza Internet.',
    'Tocchi Continua, poi apra la visita nel browser.',
  ],
  toStay: 'Per restare connessi',
  stay: {
    ios: 'Dopo Continua, tocchi «Fine» in alto. Se richiesto, scelga «Usa senza Internet».',
    macos: 'Dopo Continua, faccia clic su «Fine». Resti su questo Wi-Fi anche se è senza Internet.',
    android:
      'Se il telefono segnala che Internet non c’è, scelga di restare connesso. Se la visita non si apre, disattivi i dati mobili.',
    windows: 'Resti su questo Wi-Fi, anche se Windows dice «Nessuna connessione Internet».',
    linux: 'Resti su questo Wi-Fi, anche se il sistema dice che Internet non c’è.',
    other: 'Resti su questo Wi-Fi, anche se il dispositivo dice che Internet non c’è.',
  },
  continue: 'Continua',
  connected: 'Connessione riuscita',
  leave: {
    ios: 'Tocchi «Fine» in alto, apra Safari e inserisca questo indirizzo:',
    other: 'Chiuda questa finestra, apra il browser e inserisca questo indirizzo:',
  },
  open: 'Apri la visita',
  address: 'L’indirizzo della visita:',
  scan: 'Altre persone su questo Wi-Fi possono inquadrare questo codice.',
};
