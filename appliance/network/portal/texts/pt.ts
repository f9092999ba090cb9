import type { PortalTexts } from './portal-texts.ts';

export const pt: PortalTexts = {
  language: 'Idioma desta página',
  welcome: 'Boas-vindas à visita',
  lines: [
    'Ouça o seu guia no seu idioma, neste telefone.',
    'Sem aplicativo, sem conta. Este Wi-Fi não tem Internet.',
    'Toque em Continuar e abra a visita no navegador.',
  ],
  toStay: 'Para permanecer conectado',
  stay: {
    ios: 'Depois de Continuar, toque em “OK” no alto. Se for perguntado, escolha “Usar sem Internet”.',
    macos: 'Depois de Continuar, clique em “OK”. Fique neste Wi-Fi mesmo sem Internet.',
    android:
      'Se o telefone disser que não há Internet, escolha permanecer conectado. Se a visita não abrir, desligue os dados móveis.',
    windows: 'Fique neste Wi-Fi, mesmo que o Windows diga “Sem Internet”.',
    linux: 'Fique neste Wi-Fi, mesmo que o sistema diga que não há Internet.',
    other: 'Fique neste Wi-Fi, mesmo que o aparelho diga que não há Internet.',
  },
  continue: 'Continuar',
  connected: 'Conexão feita',
  leave: {
    ios: 'Toque em “OK” no alto, abra o Safari e digite este endereço:',
    other: 'Feche esta janela, abra o navegador e digite este endereço:',
  },
  open: 'Abrir a visita',
  address: 'O endereço da visita:',
  scan: 'Outras pessoas neste Wi-Fi podem ler este código.',
};
