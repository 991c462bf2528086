import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { sampling as words } from "../words/sampling";

/** Puts the text on the clipboard, where the browser has one. */
export function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  // Only pages that came by HTTPS or from this machine may.
  if (!("clipboard" in navigator)) return null;
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true), () => undefined);
  return (
    <button type="button" class="button desk-quiet-button" onClick={copy}>
      <span role="status">{t(isCopied ? words.copied : words.copy)}</span>
    </button>
  );
}
