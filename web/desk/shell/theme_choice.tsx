import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { applyTheme, type Theme, THEMES } from "../../shared/ui/theme";
import { Choice } from "../ui/choice";
import { shell as words } from "../words/shell";

const KEY = "fieldproof.desk.theme";

/** What was chosen here. */
export function keptTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? "system";
}

export function ThemeChoice() {
  const [theme, setTheme] = useState(keptTheme);
  const choose = (value: string) => {
    const chosen = THEMES.find((candidate) => candidate === value) ?? "system";
    localStorage.setItem(KEY, chosen);
    applyTheme(chosen);
    setTheme(chosen);
  };
  const options = THEMES.map((value) => ({ value, label: t(words[value]) }));
  return <Choice label={t(words.theme)} options={options} value={theme} onValue={choose} />;
}
