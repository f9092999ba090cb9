import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../appliance/protocol/line-breaks.ts';

describe('a line ends', () => {
  it.each([
    ['ja', 'スマートフォンが|ツアーの |Wi-Fi に|接続しています。'],
    ['ja', '「聴く」を|押すと|ツアーが|聞こえます。'],
    ['ja', '英数字 |6 文字です。|ガイドに|お尋ねください。'],
    ['ja', '話を|聴く'],
    ['ja', 'コードを|読み取れます。|始まると、|ここに'],
    ['zh-Hans', '在|浏览器中|打开。|麦克风已|关闭'],
    ['zh-TW', '按|“收听”|即可。'],
    ['zh', '连接|导览的 |Wi-Fi，|然后重试。'],
  ])('in %s between the words of “%s” alone', (language, marked) => {
    expect(piecesOf(marked.replaceAll('|', ''), language)).toEqual(marked.split('|'));
  });

  it.each(['en', 'ko', 'ar', 'th'])('in %s where the browser has it', (language) => {
    expect(piecesOf('ツアーボックスが応答しません', language)).toEqual(['ツアーボックスが応答しません']);
  });

  it('nowhere in nothing', () => expect(piecesOf('', 'ja').join('')).toBe(''));
});
