import { type Language, setLanguage } from "../shared/i18n/i18n";

const KEY = "fieldproof.customer.language";

/** What this browser chose before; null when it did not, or keeps nothing. */
export function keptLanguage(): Language | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "en" || kept === "zh" ? kept : null;
  } catch {
    return null; // storage is denied
  }
}

export function chooseLanguage(language: Language): void {
  setLanguage(language);
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // It holds until the page is closed.
  }
}
