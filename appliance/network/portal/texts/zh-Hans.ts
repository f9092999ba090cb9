import type { PortalTexts } from './portal-texts.ts';

export const zh: PortalTexts = {
  language: '本页面的语言',
  welcome: '欢迎参加导览',
  lines: [
    '用这部手机，以您的语言听导游讲解。',
    '无需应用，无需账户。此 Wi-Fi 不连接互联网。',
    '请点“继续”，然后在浏览器中打开导览。',
  ],
  toStay: '如何保持连接',
  stay: {
    ios: '点“继续”后，请点右上角的“完成”。如有询问，请选择不接入互联网继续使用。',
    macos: '点“继续”后，请点“完成”。即使没有互联网，也请留在此 Wi-Fi。',
    android: '如果手机提示无法访问互联网，请选择保持连接。如果导览打不开，请关闭移动数据。',
    windows: '即使 Windows 显示“无 Internet”，也请留在此 Wi-Fi。',
    linux: '即使系统提示没有互联网，也请留在此 Wi-Fi。',
    other: '即使设备提示没有互联网，也请留在此 Wi-Fi。',
  },
  continue: '继续',
  connected: '已连接',
  leave: {
    ios: '请点右上角的“完成”，打开 Safari 并输入此地址：',
    other: '请关闭此窗口，打开浏览器并输入此地址：',
  },
  open: '打开导览',
  address: '导览的地址：',
  scan: '连接此 Wi-Fi 的其他人可以扫描此码。',
};
