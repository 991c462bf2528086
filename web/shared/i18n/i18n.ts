/**
 * Words in two languages. Each group of screens keeps its own in a file `words/<group>.ts`:
 *
 *     export const words = defineWords({ checkIn: { en: "Check in", zh: "签到" } });
 *
 * and shows them with `t(words.checkIn)`. A word without one of its languages does not compile;
 * tests/unit/words.test.ts looks at the rest (placeholders, empty texts) in every `words/` folder.
 */
import { useEffect, useState } from "preact/hooks";

export type Language = "en" | "zh";

/** A text with `{placeholders}`. `en_one` is said where `{count}` is 1. */
export interface Word {
  en: string;
  zh: string;
  en_one?: string;
}

/** Keeps the keys typed. */
export function defineWords<Words extends Record<string, Word>>(words: Words): Words {
  return words;
}

/** English unless the person's devices speak Chinese. */
export function languageOfBrowser(languages: readonly string[]): Language {
  return (languages[0] ?? "en").toLowerCase().startsWith("zh") ? "zh" : "en";
}

let current: Language = languageOfBrowser(typeof navigator === "undefined" ? [] : (navigator.languages ?? []));
const listeners = new Set<() => void>();

export const currentLanguage = (): Language => current;

/** The BCP 47 tag, for `lang` attributes, Intl and Accept-Language. */
export const languageTag = (language: Language = current): string => (language === "zh" ? "zh-CN" : "en");

/** Shows everything in this language from now on. Keeping the choice is the caller's. */
export function setLanguage(language: Language): void {
  current = language;
  if (typeof document !== "undefined") document.documentElement.lang = languageTag(language);
  for (const listener of listeners) listener();
}

/** Draws a component anew when the language changes. Once, at the root of the page, is enough. */
export function useLanguage(): Language {
  const [language, set] = useState(current);
  useEffect(() => {
    const listener = () => set(current);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return language;
}

/** The text in the current language, or in `language`, with its placeholders filled in. */
export function t(word: Word, values: Record<string, string | number> = {}, language = current): string {
  const text = language === "en" && word.en_one !== undefined && values.count === 1 ? word.en_one : word[language];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => isolated(String(values[name] ?? whole)));
}

/** What may turn the text around it: letters that are written from right to left, and the characters that say so. */
const TURNING = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u061c\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * Somebody's text, to stand in a sentence: however it is written, and whatever it leaves open, the sentence around it
 * reads as it was meant. Most texts stay as they are.
 */
export function isolated(text: string): string {
  if (!TURNING.test(text)) return text;
  let open = 0;
  const closed = text.replace(/[\u2066-\u2069]/g, (mark) => {
    if (mark !== "\u2069") open += 1;
    else if (open === 0) return ""; // it would end what is opened below
    else open -= 1;
    return mark;
  });
  return `\u2068${closed}${"\u2069".repeat(open + 1)}`;
}

/** Texts of people beside each other: names, labels. */
export const listed = (texts: readonly (string | null | undefined | false)[], between = ", "): string =>
  texts.filter((text): text is string => typeof text === "string" && text !== "").map(isolated).join(between);

/** A time of day at a place: "14:05". The zone is the site's, not the phone's. */
export function timeOfDay(at: string | number | Date, timeZone?: string): string {
  return new Intl.DateTimeFormat(languageTag(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(
    new Date(at),
  );
}

/** A day at a place: "Fri, 20 Nov". */
export function dayOf(at: string | number | Date, timeZone?: string): string {
  return new Intl.DateTimeFormat(languageTag(), { weekday: "short", day: "numeric", month: "short", timeZone }).format(
    new Date(at),
  );
}

/** The calendar day at a place, 2026-11-20: for comparisons. */
export function isoDayOf(at: string | number | Date, timeZone?: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date(at));
}

/** "85 m", "1.2 km"; number and unit stay on one line. */
export function distance(metres: number): string {
  const format = (value: number, digits: number) =>
    new Intl.NumberFormat(languageTag(), { maximumFractionDigits: digits }).format(value);
  return metres < 1000 ? `${format(metres, 0)}\u00a0m` : `${format(metres / 1000, metres < 10_000 ? 1 : 0)}\u00a0km`;
}

/** "340 KB", "2.4 MB". */
export function byteSize(bytes: number): string {
  const format = (value: number, digits: number) =>
    new Intl.NumberFormat(languageTag(), { maximumFractionDigits: digits }).format(value);
  if (bytes < 1_000_000) return `${format(Math.ceil(bytes / 1000), 0)} KB`;
  return bytes < 1_000_000_000 ? `${format(bytes / 1e6, 1)} MB` : `${format(bytes / 1e9, 1)} GB`;
}
