import type { PortalTexts } from './portal-texts.ts';

export const id: PortalTexts = {
  language: 'Bahasa halaman ini',
  welcome: 'Selamat datang di tur',
  lines: [
    'Dengarkan pemandu dalam bahasa Anda, di ponsel ini.',
    'Tanpa aplikasi, tanpa akun. Wi-Fi ini tanpa Internet.',
    'Ketuk Lanjutkan, lalu buka tur di browser Anda.',
  ],
  toStay: 'Agar tetap terhubung',
  stay: {
    ios: 'Setelah Lanjutkan, ketuk “Selesai” di atas. Jika ditanya, pilih “Gunakan Tanpa Internet”.',
    macos: 'Setelah Lanjutkan, klik “Selesai”. Tetaplah di Wi-Fi ini walaupun tanpa Internet.',
    android:
      'Jika ponsel memberi tahu bahwa tidak ada Internet, pilih tetap terhubung. Jika tur tidak terbuka, matikan data seluler.',
    windows: 'Tetaplah di Wi-Fi ini, walaupun Windows menampilkan “Tidak ada Internet”.',
    linux: 'Tetaplah di Wi-Fi ini, walaupun sistem menyatakan tidak ada Internet.',
    other: 'Tetaplah di Wi-Fi ini, walaupun perangkat menyatakan tidak ada Internet.',
  },
  continue: 'Lanjutkan',
  connected: 'Anda terhubung',
  leave: {
    ios: 'Ketuk “Selesai” di atas, buka Safari, dan ketik alamat ini:',
    other: 'Tutup jendela ini, buka browser, dan ketik alamat ini:',
  },
  open: 'Buka tur',
  address: 'Alamat tur:',
  scan: 'Orang lain di Wi-Fi ini dapat memindai kode ini.',
};
