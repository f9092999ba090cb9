import type { PortalTexts } from './portal-texts.ts';

export const vi: PortalTexts = {
  language: 'Ngôn ngữ của trang này',
  welcome: 'Chào mừng đến với chuyến tham quan',
  lines: [
    'Nghe hướng dẫn viên bằng ngôn ngữ của bạn, trên điện thoại này.',
    'Không cần ứng dụng hay tài khoản. Wi-Fi này không có Internet.',
    'Chạm Tiếp tục, rồi mở chuyến tham quan trong trình duyệt.',
  ],
  toStay: 'Để giữ kết nối',
  stay: {
    ios: 'Sau khi chạm Tiếp tục, hãy chạm “Xong” ở trên. Nếu được hỏi, hãy chọn sử dụng mà không có Internet.',
    macos: 'Sau khi chạm Tiếp tục, hãy bấm “Xong”. Giữ Wi-Fi này dù không có Internet.',
    android:
      'Nếu điện thoại báo không có Internet, hãy chọn giữ kết nối. Nếu trang tham quan không mở, hãy tắt dữ liệu di động.',
    windows: 'Giữ Wi-Fi này, dù Windows báo không có Internet.',
    linux: 'Giữ Wi-Fi này, dù hệ thống báo không có Internet.',
    other: 'Giữ Wi-Fi này, dù thiết bị báo không có Internet.',
  },
  continue: 'Tiếp tục',
  connected: 'Bạn đã kết nối',
  leave: {
    ios: 'Chạm “Xong” ở trên, mở Safari và nhập địa chỉ này:',
    other: 'Đóng cửa sổ này, mở trình duyệt và nhập địa chỉ này:',
  },
  open: 'Mở chuyến tham quan',
  address: 'Địa chỉ của chuyến tham quan:',
  scan: 'Người khác trong Wi-Fi này có thể quét mã này.',
};
