import type { PortalTexts } from './portal-texts.ts';

export const es: PortalTexts = {
  language: 'Idioma de esta página',
  welcome: 'Te damos la bienvenida a la visita',
  lines: [
    'Escucha a tu guía en tu idioma, en este teléfono.',
    'Sin aplicación ni cuenta. Esta wifi no tiene Internet.',
    'Toca Continuar y abre la visita en tu navegador.',
  ],
  toStay: 'Para seguir en la wifi',
  stay: {
    ios: 'Después de Continuar, toca «OK» o «Listo» arriba. Si te lo pregunta, elige «Usar sin Internet».',
    macos: 'Después de Continuar, haz clic en «OK» o «Listo». Sigue en esta wifi aunque no tenga Internet.',
    android:
      'Si el teléfono avisa de que no hay Internet, elige seguir conectado. Si la visita no se abre, desactiva los datos móviles.',
    windows: 'Sigue en esta wifi aunque Windows diga «Sin Internet».',
    linux: 'Sigue en esta wifi aunque el sistema diga que no hay Internet.',
    other: 'Sigue en esta wifi aunque el dispositivo diga que no hay Internet.',
  },
  continue: 'Continuar',
  connected: 'Ya estás en la wifi',
  leave: {
    ios: 'Toca «OK» o «Listo» arriba, abre Safari y escribe esta dirección:',
    other: 'Cierra esta ventana, abre tu navegador y escribe esta dirección:',
  },
  open: 'Abrir la visita',
  address: 'La dirección de la visita:',
  scan: 'Otras personas en esta wifi pueden escanear este código.',
};
