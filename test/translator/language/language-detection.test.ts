import { afterAll, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../appliance/log.ts';
import { LanguageDetection } from '../../../appliance/translator/language/language-detection.ts';

const detection = new LanguageDetection({ log: silentLog() });

afterAll(() => detection.stop());

const QUESTIONS: readonly (readonly [string, string])[] = [
  ['en', 'Can we take photos here?'],
  ['es', '¿Dónde está el baño?'],
  ['fr', 'À quelle heure part le bus ?'],
  ['de', 'Gibt es einen Aufzug?'],
  ['it', 'Quanti anni ha questa torre?'],
  ['pt', 'Onde fica a casa de banho?'],
  ['ja', 'トイレはどこですか？'],
  ['zh', '这座教堂是谁建的？'],
  ['ko', '버스는 몇 시에 출발해요?'],
  ['ru', 'Кто построил эту церковь?'],
  ['ar', 'كم عمر هذا البرج؟'],
  ['hi', 'यह मीनार कितनी पुरानी है?'],
  ['id', 'Jam berapa bus berangkat?'],
  ['vi', 'Nhà vệ sinh ở đâu?'],
  ['ca', 'Quants anys té aquesta torre?'],
];

describe('finding out a language', () => {
  it.each(QUESTIONS)(
    'knows a short question in %s, whatever the writer’s language is',
    async (language, text) => {
      for (const likely of [undefined, 'en', 'de', 'ja'])
        expect(await detection.of(text, likely), `likely ${likely}`).toBe(language);
    },
  );

  it.each([
    ['pt-BR', 'OK'],
    ['es', 'Alhambra?'],
    ['en', 'pizza'],
    ['ja', '入場料'],
    ['de', '12:30?'],
    ['fr', '😀'],
    ['ca', 'No entendí la última frase'],
    ['en', 'https://example.org/el-palacio-de-los-reyes'],
  ])('keeps %s for what may be in it: %s', async (likely, text) => {
    expect(await detection.of(text, likely)).toBe(likely);
  });

  it('keeps the whole tag of who writes in their own language', async () => {
    expect(await detection.of('¿Dónde está el baño?', 'es-MX')).toBe('es-MX');
    expect(await detection.of('门票多少钱', 'zh-Hans')).toBe('zh-Hans');
  });

  it('says nothing of what has no letters, and of one word of somebody unknown', async () => {
    expect(await detection.of('?!')).toBeUndefined();
    expect(await detection.of('OK', 'ja')).toBeUndefined();
  });

  it('takes ten thousand characters of anything', async () => {
    await detection.of('\u202E<script>{"a":['.repeat(1_000), 'en');
    await detection.of('\0'.repeat(10_000), 'en');
  });

  it('lets its tables go when no text comes, and loads them for the next', async () => {
    const idle = new LanguageDetection({ log: silentLog(), restMs: 1 });
    expect(await idle.of('Who built this church?', 'es')).toBe('en');
    await vi.waitFor(() => expect(idle.running).toBe(false), 10_000);
    expect(await idle.of('Who built this church?', 'es')).toBe('en');
    await idle.stop();
    expect(await idle.of('Who built this church?', 'es')).toBe('es');
  });
});
