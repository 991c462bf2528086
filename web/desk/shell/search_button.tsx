import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { useLoaded } from "../../shared/ui/loaded";
import { search as words } from "../words/search";

const load = () => import("./search_dialog");

/** A slash where nothing is written, or Ctrl+K anywhere; not above another dialog. */
function asksForSearch({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (altKey || document.querySelector("dialog[open]")) return false;
  if (key.toLowerCase() === "k") return ctrlKey || metaKey;
  const isWriting = target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
  return key === "/" && !ctrlKey && !metaKey && !isWriting;
}

/** In the bar above every page: what a caller names is one key away. */
export function SearchButton() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!asksForSearch(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button type="button" class="desk-search-button" title={`${t(words.title)} (/)`} aria-label={t(words.title)} aria-keyshortcuts="/ Control+K" onClick={() => setOpen(true)}>
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <circle cx="10" cy="10" r="6" />
          <path d="M15 15 L21 21" />
        </svg>
      </button>
      {isOpen && <Opened onClose={() => setOpen(false)} />}
    </>
  );
}

function Opened({ onClose }: { onClose: () => void }) {
  const { module, hasFailed, retry } = useLoaded(load);
  useEffect(() => {
    if (hasFailed) retry();
  }, [hasFailed]);
  const SearchDialog = module?.default;
  return SearchDialog ? <SearchDialog onClose={onClose} /> : null;
}
