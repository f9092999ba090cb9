import { describe, expect, it } from 'vitest';
import {
  canInterpret,
  canonicalTag,
  directionOf,
  LANGUAGE_TAG,
  languageName,
  namedLanguage,
  nearestLanguage,
} from '../../appliance/protocol/languages.ts';

describe('languages', () => {
  it('names each language in its own script', () => {
    expect(languageName('ja')).toBe('日本語');
    expect(languageName('es')).toBe('Español');
    expect(languageName('es', 'en')).toBe('Spanish');
  });

  it('knows which scripts run from right to left', () => {
    expect(directionOf('ar')).toBe('rtl');
    expect(directionOf('he-IL')).toBe('rtl');
    expect(directionOf('pt-BR')).toBe('ltr');
  });

  it('takes a pair for a language whatever its region', () => {
    const pairs = [{ from: 'en', to: ['es', 'ca'] }];
    expect(canInterpret(pairs, 'en-GB', 'es-MX')).toBe(true);
    expect(canInterpret(pairs, 'en', 'ja')).toBe(false);
    expect(canInterpret(pairs, 'de', 'es')).toBe(false);
    expect(canInterpret([{ from: '*', to: ['ja'] }], 'de', 'ja')).toBe(true);
  });

  it.each([
    [['ca', 'fr-CA', 'en'], 'fr'],
    [['pt-BR', 'pt'], 'pt-BR'],
    [['PT-ao'], 'pt-BR'],
    [['zh-TW', 'en'], 'zh-Hans'],
    [['sv', '*'], undefined],
  ])('finds for the wishes %j what is nearest: %s', (wishes, nearest) => {
    expect(nearestLanguage(wishes, ['en', 'fr', 'pt-BR', 'zh-Hans'])).toBe(nearest);
  });

  it.each([
    ['EN', 'en'],
    ['pt-br', 'pt-BR'],
    ['ZH-hant', 'zh-Hant'],
    ['zh-HANT-hk', 'zh-Hant-HK'],
    ['ES-419', 'es-419'],
    ['Floor', 'floor'],
  ])('knows %s as %s', (typed, canonical) => {
    expect(canonicalTag(typed)).toBe(canonical);
    expect(namedLanguage(typed)).toBe(canonical);
  });

  it.each(['english', 'en_US', '../..', '\u212Ao', ''])('makes no tag of %j', (typed) => {
    expect(namedLanguage(typed)).toBeUndefined();
  });

  it.each(['english', 'EN', '', 'e', 'en_US', '../..'])('refuses %j as a tag', (tag) => {
    expect(LANGUAGE_TAG.test(tag)).toBe(false);
  });
});
