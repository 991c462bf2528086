import { currentLanguage, t } from "../shared/i18n/i18n";
import { chooseLanguage } from "./session";
import { desk as words } from "./words/desk";

/** Switches to the other language; says so in that language. */
export function LanguageButton() {
  const other = currentLanguage() === "zh" ? "en" : "zh";
  return (
    <button type="button" class="button desk-quiet-button" lang={other === "zh" ? "zh-CN" : "en"} onClick={() => chooseLanguage(other)}>
      {t(words.otherLanguage)}
    </button>
  );
}
