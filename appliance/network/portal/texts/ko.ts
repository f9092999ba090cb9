import type { PortalTexts } from './portal-texts.ts';

export const ko: PortalTexts = {
  language: '이 페이지의 언어',
  welcome: '투어에 오신 것을 환영합니다',
  lines: [
    '이 휴대전화로 가이드의 설명을 내 언어로 들으세요.',
    '앱도 계정도 필요 없습니다. 이 Wi-Fi에는 인터넷이 없습니다.',
    '‘계속’을 누른 뒤 브라우저에서 투어를 여세요.',
  ],
  toStay: '연결을 유지하려면',
  stay: {
    ios: '‘계속’을 누른 뒤 위쪽의 ‘완료’를 누르세요. 물어보면 ‘인터넷 없이 사용’을 선택하세요.',
    macos: '‘계속’을 누른 뒤 ‘완료’를 클릭하세요. 인터넷이 없어도 이 Wi-Fi를 유지하세요.',
    android:
      '인터넷에 연결되지 않았다고 나오면 연결 유지를 선택하세요. 투어가 열리지 않으면 모바일 데이터를 끄세요.',
    windows: 'Windows에 ‘인터넷 없음’이라고 나와도 이 Wi-Fi를 유지하세요.',
    linux: '시스템에 인터넷이 없다고 나와도 이 Wi-Fi를 유지하세요.',
    other: '기기에 인터넷이 없다고 나와도 이 Wi-Fi를 유지하세요.',
  },
  continue: '계속',
  connected: '연결되었습니다',
  leave: {
    ios: '위쪽의 ‘완료’를 누르고 Safari를 열어 이 주소를 입력하세요:',
    other: '이 창을 닫고 브라우저를 열어 이 주소를 입력하세요:',
  },
  open: '투어 열기',
  address: '투어 주소:',
  scan: '이 Wi-Fi에 연결된 다른 분도 이 코드를 스캔할 수 있습니다.',
};
