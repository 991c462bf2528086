/**
 * Light or dark by choice. Style sheets say what dark looks like once, under `prefers-color-scheme: dark`;
 * a choice makes those rules hold always, or never.
 */
export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const CONDITION: Record<Theme, string> = {
  system: "(prefers-color-scheme: dark)",
  light: "not all",
  dark: "all",
};

/** Rules that once named the colour scheme; their condition is changed, so it does not tell any longer. */
const darkRules = new Set<CSSMediaRule>();

function collect(sheet: CSSStyleSheet): void {
  for (const rule of sheet.cssRules) {
    if (rule instanceof CSSMediaRule && rule.media.mediaText.includes("prefers-color-scheme: dark")) darkRules.add(rule);
  }
}

let chosen: Theme = "system";
const listeners = new Set<() => void>();

/** To be called again when a part of the page has brought its own style sheet. */
export function applyTheme(theme: Theme = chosen): void {
  chosen = theme;
  for (const sheet of document.styleSheets) collect(sheet);
  for (const rule of darkRules) rule.media.mediaText = CONDITION[theme];
  document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
  for (const listener of listeners) listener();
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  return chosen === "dark" || (chosen === "system" && matchMedia(CONDITION.system).matches);
}

/** Calls `listener` when light turns dark or the other way; for what is drawn without style sheets. */
export function onThemeChange(listener: () => void): () => void {
  const system = matchMedia(CONDITION.system);
  listeners.add(listener);
  system.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", listener);
  };
}
