import type { System } from './probe-list.ts';

/** The portal's words. They are not the pages': the portal is read before anything else can be loaded. */
export interface PortalTexts {
  readonly welcome: string;
  readonly lines: readonly [string, string, string];
  readonly toStay: string;
  /** How to stay connected, on each system. */
  readonly stay: Readonly<Record<System | 'other', string>>;
  readonly continue: string;
  readonly connected: string;
  /** The way from a system's sign-in window to the real browser; the address follows. */
  readonly leave: Readonly<Record<'ios' | 'other', string>>;
  /** For who reads this in a browser already. */
  readonly open: string;
  readonly address: string;
  readonly scan: string;
}

export const PORTAL_LANGUAGES = ['en', 'es', 'fr', 'de', 'ar', 'ja'] as const;
export type PortalLanguage = (typeof PORTAL_LANGUAGES)[number];

export const PORTAL_TEXTS: Readonly<Record<PortalLanguage, PortalTexts>> = {
  en: {
    welcome: 'Welcome to the tour',
    lines: [
      'Hear your guide in your own language, on this phone.',
      'No app, no account. This Wi-Fi has no Internet.',
      'Tap Continue, then open the tour in your browser.',
    ],
    toStay: 'To stay connected',
    stay: {
      ios: 'After Continue, tap “Done” at the top. If you are asked, choose “Use Without Internet”.',
      macos: 'After Continue, click “Done”. Keep this Wi-Fi although it has no Internet.',
      android:
        'If your phone says that there is no Internet, choose to stay connected. If the tour does not open, turn mobile data off.',
      windows: 'Keep this Wi-Fi, even if Windows says “No Internet”.',
      linux: 'Keep this Wi-Fi, even if your system says that there is no Internet.',
      other: 'Keep this Wi-Fi, even if your device says that there is no Internet.',
    },
    continue: 'Continue',
    connected: 'You are connected',
    leave: {
      ios: 'Tap “Done” at the top, open Safari and enter this address:',
      other: 'Close this window, open your browser and enter this address:',
    },
    open: 'Open the tour',
    address: 'The address of the tour:',
    scan: 'Others in this Wi-Fi can scan this code.',
  },
  es: {
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
  },
  fr: {
    welcome: 'Bienvenue dans la visite',
    lines: [
      'Écoutez votre guide dans votre langue, sur ce téléphone.',
      'Sans application ni compte. Ce Wi-Fi n’a pas Internet.',
      'Touchez Continuer, puis ouvrez la visite dans votre navigateur.',
    ],
    toStay: 'Pour rester connecté',
    stay: {
      ios: 'Après Continuer, touchez « OK » ou « Terminé » en haut. Si l’iPhone le demande, choisissez « Utiliser sans Internet ».',
      macos:
        'Après Continuer, cliquez sur « OK » ou « Terminé ». Gardez ce Wi-Fi même s’il n’a pas Internet.',
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
  },
  de: {
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
  },
  ar: {
    welcome: 'مرحبًا بكم في الجولة',
    lines: [
      'استمع إلى المرشد بلغتك، على هذا الهاتف.',
      'بلا تطبيق ولا حساب. هذه الشبكة بلا إنترنت.',
      'اضغط «متابعة»، ثم افتح الجولة في متصفحك.',
    ],
    toStay: 'للبقاء متصلًا',
    stay: {
      ios: 'بعد «متابعة»، اضغط «تم» في الأعلى. وإن سُئلت، فاختر «الاستخدام بلا إنترنت».',
      macos: 'بعد «متابعة»، انقر «تم». ابقَ على هذه الشبكة رغم أنها بلا إنترنت.',
      android:
        'إذا قال هاتفك إنه لا يوجد إنترنت، فاختر البقاء متصلًا. وإذا لم تُفتح الجولة، فأوقف بيانات الهاتف.',
      windows: 'ابقَ على هذه الشبكة، حتى لو قال Windows «لا يوجد إنترنت».',
      linux: 'ابقَ على هذه الشبكة، حتى لو قال نظامك إنه لا يوجد إنترنت.',
      other: 'ابقَ على هذه الشبكة، حتى لو قال جهازك إنه لا يوجد إنترنت.',
    },
    continue: 'متابعة',
    connected: 'أنت متصل',
    leave: {
      ios: 'اضغط «تم» في الأعلى، وافتح Safari واكتب هذا العنوان:',
      other: 'أغلق هذه النافذة، وافتح متصفحك واكتب هذا العنوان:',
    },
    open: 'افتح الجولة',
    address: 'عنوان الجولة:',
    scan: 'يمكن لغيرك على هذه الشبكة مسح هذا الرمز.',
  },
  ja: {
    welcome: 'ツアーへようこそ',
    lines: [
      'ガイドの話を、このスマートフォンであなたの言語で聞けます。',
      'アプリも登録も不要です。このWi-Fiはインターネットにつながりません。',
      '「続ける」をタップし、ブラウザでツアーを開いてください。',
    ],
    toStay: '接続を保つには',
    stay: {
      ios: '「続ける」のあと、上の「完了」をタップします。聞かれたら「インターネット接続なしで使用」を選びます。',
      macos: '「続ける」のあと「完了」をクリックします。インターネットがなくてもこのWi-Fiのままにします。',
      android:
        '「インターネットに接続されていません」と出たら、接続を維持してください。ツアーが開かないときはモバイルデータをオフにしてください。',
      windows: '「インターネットなし」と表示されても、このWi-Fiのままにしてください。',
      linux: 'インターネットがないと表示されても、このWi-Fiのままにしてください。',
      other: 'インターネットがないと表示されても、このWi-Fiのままにしてください。',
    },
    continue: '続ける',
    connected: '接続しました',
    leave: {
      ios: '上の「完了」をタップし、Safariを開いてこのアドレスを入力してください:',
      other: 'このウィンドウを閉じ、ブラウザを開いてこのアドレスを入力してください:',
    },
    open: 'ツアーを開く',
    address: 'ツアーのアドレス:',
    scan: '同じWi-Fiのほかの方は、このコードを読み取れます。',
  },
};
