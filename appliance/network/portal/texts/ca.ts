import type { PortalTexts } from './portal-texts.ts';

export const ca: PortalTexts = {
  language: 'Idioma d’aquesta pàgina',
  welcome: 'Us donem la benvinguda a la visita',
  lines: [
    'Escolteu el guia en el vostre idioma, en aquest telèfon.',
    'Sense aplicació ni compte. Aquesta Wi-Fi no té Internet.',
    'Toqueu Continua i obriu la visita al navegador.',
  ],
  toStay: 'Per mantenir la connexió',
  stay: {
    ios: 'Després de Continua, toqueu «Fet» o «OK» a dalt. Si us ho pregunta, trieu fer-la servir sense Internet.',
    macos:
      'Després de Continua, feu clic a «Fet» o «OK». Quedeu-vos en aquesta Wi-Fi encara que no tingui Internet.',
    android:
      'Si el telèfon avisa que no hi ha Internet, trieu mantenir la connexió. Si la visita no s’obre, desactiveu les dades mòbils.',
    windows: 'Quedeu-vos en aquesta Wi-Fi, encara que el Windows digui que no hi ha Internet.',
    linux: 'Quedeu-vos en aquesta Wi-Fi, encara que el sistema digui que no hi ha Internet.',
    other: 'Quedeu-vos en aquesta Wi-Fi, encara que el dispositiu digui que no hi ha Internet.',
  },
  continue: 'Continua',
  connected: 'Connexió feta',
  leave: {
    ios: 'Toqueu «Fet» o «OK» a dalt, obriu el Safari i escriviu aquesta adreça:',
    other: 'Tanqueu aquesta finestra, obriu el navegador i escriviu aquesta adreça:',
  },
  open: 'Obre la visita',
  address: 'L’adreça de la visita:',
  scan: 'Altres persones en aquesta Wi-Fi poden escanejar aquest codi.',
};
